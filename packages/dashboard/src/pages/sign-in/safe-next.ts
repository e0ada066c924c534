import { hasControlCharacter } from '@llmobserve/protocol';

import type { Search } from '../../filters/index.ts';

/** Where to go after signing in: a path of this page, never another site, whatever the link says. */
export function safeNext(wanted: string | undefined): string {
  return wanted && /^\/(?![/\\])/.test(wanted) && !hasControlCharacter(wanted) ? wanted : '/';
}

/** What the sign-in page is told so that it leads back; the overview is where it leads anyway. */
export function askBackTo(wanted: string): Search {
  return wanted === '/' ? {} : { next: [wanted] };
}
