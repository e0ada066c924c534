import type { Tap } from './exchange.ts';
import type { FetchCall } from './watch-fetch.ts';

type Cover = { readonly covered: typeof globalThis.fetch; watch: ((call: FetchCall) => unknown) | undefined };

/** What stands before each fetch. Clients keep it for good, so after a shutdown and a new start it must be the same one. */
const covers = new WeakMap<object, Cover>();

/** Watches `globalThis.fetch`. Clients that were made before and kept an earlier fetch are missed. */
export function installFetchTap(watch: (call: FetchCall) => unknown): Tap {
  const original = globalThis.fetch;
  const cover = covers.get(original) ?? coverFetch(original);
  cover.watch = watch;
  globalThis.fetch = cover.covered;
  return {
    stop() {
      if (cover.watch === watch) cover.watch = undefined;
      if (globalThis.fetch === cover.covered) globalThis.fetch = original;
    },
  };
}

function coverFetch(original: typeof globalThis.fetch): Cover {
  function fetch(this: unknown, ...values: readonly unknown[]): unknown {
    return cover.watch ? cover.watch({ fetch: original, self: this, values }) : Reflect.apply(original, this, values);
  }
  // Safe because what the watch gives is what fetch gave.
  const cover: Cover = { watch: undefined, covered: fetch as typeof globalThis.fetch };
  covers.set(original, cover);
  return cover;
}
