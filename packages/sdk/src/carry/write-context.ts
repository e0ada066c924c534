import { PACKAGE_NAME } from '../package-identity.ts';
import type { Scope } from '../runtime.ts';

/** Raised when an older reader would read something else than what was meant. */
export const CONTEXT_VERSION = 1;

/** As it travels in a `baggage` header, percent-encoded: with its name a member has 4096 bytes, more than which others drop. */
const MAX_ENCODED_LENGTH = 4096 - PACKAGE_NAME.length - 1;
/** Left out one after the other until the rest fits: what only describes goes first, whom it is for never. */
const LEFT_OUT = ['callTags', 'tags', 'name', 'plan', 'section', 'run', 'runId', 'session', 'user'];

/** Writes down what a scope says, flat and as JSON; what says nothing is an empty text. */
export function writeContext(scope: Scope | undefined, onCut?: () => void): string {
  const { customer, run, section, traceId = run?.traceId, spanId, tags: callTags } = scope ?? {};
  const said: Record<string, unknown> = { ...customer, section, run: run?.name, runId: run?.runId, traceId, spanId, callTags };
  for (const name of ['', ...LEFT_OUT]) {
    if (name === LEFT_OUT[0]) onCut?.();
    delete said[name];
    const text = JSON.stringify({ v: CONTEXT_VERSION, ...said });
    if (encodeURIComponent(text).length <= MAX_ENCODED_LENGTH) return text === '{"v":1}' ? '' : text;
  }
  return '';
}
