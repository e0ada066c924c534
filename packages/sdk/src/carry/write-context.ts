import type { Scope } from '../runtime.ts';

/** Raised when an older reader would read something else than what was meant. */
export const CONTEXT_VERSION = 1;

/** As it travels in a `baggage` header, percent-encoded, so that half of the header is left to others. */
const MAX_ENCODED_LENGTH = 4096;
/** Left out one after the other until the rest fits: what only describes goes first, whom it is for never. */
const LEFT_OUT = ['callTags', 'tags', 'name', 'plan', 'section', 'run', 'runId', 'session', 'user'];

export type WrittenContext = { readonly text: string; readonly isCut: boolean };

/** Writes down what a scope says, flat and as JSON; what says nothing is an empty text. */
export function writeContext(scope: Scope | undefined): WrittenContext {
  const { customer, run, section, spanId, tags: callTags } = scope ?? {};
  const traceId = scope?.traceId ?? run?.traceId;
  const said = { ...customer, section, run: run?.name, runId: run?.runId, traceId, spanId, callTags };
  const members = Object.entries(said).filter(([, value]) => value !== undefined);
  if (members.length === 0) return { text: '', isCut: false };
  for (let cut = 0; ; cut += 1) {
    const text = JSON.stringify({
      v: CONTEXT_VERSION,
      ...Object.fromEntries(members.filter(([name]) => !LEFT_OUT.slice(0, cut).includes(name))),
    });
    if (cut === LEFT_OUT.length || encodeURIComponent(text).length <= MAX_ENCODED_LENGTH) return { text, isCut: cut > 0 };
  }
}
