import { hasControlCharacter } from '@llmobserve/protocol';

/** Where to go after signing in: a path of this page, never another site, whatever the link says. */
export function safeNext(wanted: string | undefined): string {
  return wanted && /^\/(?![/\\])/.test(wanted) && !hasControlCharacter(wanted) ? wanted : '/';
}
