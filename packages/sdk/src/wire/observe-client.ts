import type { Fetch, FetchCall } from './watch-fetch.ts';

/** Gives the way to do a call of fetch and watch it; nothing while nothing is captured. */
type FindWatch = () => ((call: FetchCall) => unknown) | undefined;

/** What clients call the fetch they were made with: OpenAI, Anthropic, Groq and their kind; Pinecone. */
const NAMES = new Set(['fetch', 'fetchApi']);
/** Pinecone keeps its fetch four objects deep; a client of 150 objects is a large one (seen 2026-11). */
const MAX_DEPTH = 5;
const MAX_OBJECTS = 1_000;

const covers = new WeakSet<object>();

/** Puts a watch before each fetch that a client keeps as a property of its own, however deep; says how many those are. */
export function observeClient(client: object, findWatch: FindWatch): number {
  const seen = new Set<object>();

  function visit(holder: object, depth: number): number {
    if (depth > MAX_DEPTH || seen.size >= MAX_OBJECTS || seen.has(holder) || ArrayBuffer.isView(holder)) return 0;
    seen.add(holder);
    let found = 0;
    // Data only: a getter is the client's own code and may do anything.
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(holder))) {
      const value: unknown = property.value;
      if (typeof value === 'object' && value !== null) found += visit(value, depth + 1);
      else if (NAMES.has(name) && isFetch(value) && Reflect.set(holder, name, coverOf(value, findWatch))) found += 1;
    }
    return found;
  }

  return visit(client, 0);
}

/** Observing a client again changes nothing. */
function coverOf(fetch: Fetch, findWatch: FindWatch): Fetch {
  if (covers.has(fetch)) return fetch;
  function covered(this: unknown, ...values: readonly unknown[]): unknown {
    const watch = findWatch();
    return watch ? watch({ fetch, self: this, values }) : Reflect.apply(fetch, this, values);
  }
  covers.add(covered);
  return covered;
}

function isFetch(value: unknown): value is Fetch {
  return typeof value === 'function';
}
