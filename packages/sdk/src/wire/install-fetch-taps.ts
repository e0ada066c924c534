import { addFetchBaggage } from './add-fetch-baggage.ts';
import type { WireDeps } from './exchange.ts';
import { installFetchTap } from './fetch-tap.ts';
import type { Taps } from './install-taps.ts';
import { createFetchWatch } from './watch-fetch.ts';

/** Watches fetch, all there is to be seen from inside of runtimes other than Node. */
export function installFetchTaps<Context>(deps: WireDeps<Context>): Taps {
  const { call } = createFetchWatch(deps);
  // A call of a client that was given to `observe` is a provider's, so only those of the global fetch may carry baggage.
  return { ...installFetchTap((made) => call(addFetchBaggage(made, deps))), callFetch: call };
}
