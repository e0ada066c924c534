import type { RequestView } from '../provider.ts';

/** True for models of sound that bill tokens; the others bill seconds or characters. */
export function billsTokens(request: RequestView): boolean {
  return String(request.member('model')).startsWith('gpt-4o');
}
