import type { Fetch, FetchCall } from './watch-fetch.ts';

/** What clients call the fetch they were made with: OpenAI, Anthropic, Groq and their kind; Pinecone. */
const NAMES = ['fetch', 'fetchApi'];
/** Pinecone keeps its fetch four objects deep; a client of 150 objects is a large one (seen 2026-11). */
const MAX_DEPTH = 5;
const MAX_OBJECTS = 1_000;

const covers = new WeakMap<object, Fetch>();

/**
 * Puts a watch before each fetch that a client keeps as a property of its own, however deep; says how many those are.
 * `watch` is asked at each call, and gives nothing while nothing is captured.
 */
export function observeClient(client: object, watch: () => ((call: FetchCall) => unknown) | undefined): number {
  let level: readonly object[] = [client];
  const seen = new Set<object>(level);
  let found = 0;
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth += 1) {
    for (const holder of level) found += coverFetches(holder, watch);
    level = level.flatMap((holder) => childrenOf(holder)).filter((child) => seen.size < MAX_OBJECTS && !seen.has(child) && seen.add(child));
  }
  return found;
}

function coverFetches(holder: object, watch: () => ((call: FetchCall) => unknown) | undefined): number {
  let found = 0;
  for (const name of NAMES) {
    const { value, writable } = Object.getOwnPropertyDescriptor(holder, name) ?? {};
    if (!isFetch(value) || writable !== true) continue;
    found += 1;
    Reflect.set(holder, name, coverOf(value, watch));
  }
  return found;
}

/** One cover for each fetch, which is its own: observing a client again changes nothing. */
function coverOf(fetch: Fetch, watch: () => ((call: FetchCall) => unknown) | undefined): Fetch {
  const known = covers.get(fetch);
  if (known) return known;
  const covered: Fetch = function covered(this: unknown, ...values) {
    const call = watch();
    return call ? call({ fetch, self: this, values }) : Reflect.apply(fetch, this, values);
  };
  Object.defineProperty(covered, 'name', { value: fetch.name });
  covers.set(fetch, covered);
  covers.set(covered, covered);
  return covered;
}

/** Data only: a getter is the client's own code and may do anything. */
function childrenOf(holder: object): readonly object[] {
  return Object.values(Object.getOwnPropertyDescriptors(holder)).flatMap(({ value }) => (isPlainHolder(value) ? [value] : []));
}

function isPlainHolder(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}

function isFetch(value: unknown): value is Fetch {
  return typeof value === 'function';
}
