import type { WireDeps } from './exchange.ts';
import { installFetchTap } from './fetch-tap.ts';
import type { Taps } from './install-taps.ts';
import { createFetchWatch } from './watch-fetch.ts';

/** Watches fetch, all there is to be seen from inside of runtimes other than Node. */
export function installFetchTaps<Context>(deps: WireDeps<Context>): Taps {
  const { call } = createFetchWatch(deps);
  return { ...installFetchTap(call), callFetch: call };
}
