import type { Tap, WireDeps } from './exchange.ts';
import { installFetchTap } from './fetch-tap.ts';
import { installHttpTap } from './http-tap.ts';
import { installHttp2Tap } from './http2-tap.ts';
import { installUndiciTap } from './undici-tap.ts';
import { createFetchWatch, type FetchCall } from './watch-fetch.ts';

export type Taps = Tap & {
  /** Does a call of fetch and watches it, where no tap sees it. */
  callFetch(call: FetchCall): unknown;
};

/** Watches the whole process's wire: undici and `http(s)`, and fetch itself only where undici cannot be observed. */
export function installTaps<Context>(deps: WireDeps<Context>): Taps {
  const taps: Tap[] = [];
  const fetches = createFetchWatch(deps);
  let hasFetchTap = false;

  function fallBackToFetch(): void {
    if (hasFetchTap || typeof globalThis.fetch !== 'function') return;
    hasFetchTap = true;
    taps.push(installFetchTap(fetches.call));
  }

  function onUnknownUndici(): void {
    deps.diagnostics.warnOnce(
      'undici_unknown',
      'this version of undici cannot be observed from inside, so calls are captured at globalThis.fetch; clients made before init() that keep their own fetch are missed',
    );
    fallBackToFetch();
  }

  taps.push(installUndiciTap(fetches.beneath, onUnknownUndici), installHttpTap(fetches.beneath), installHttp2Tap(fetches.beneath));
  if (process.versions['undici'] === undefined) fallBackToFetch();
  return { stop: () => taps.forEach((tap) => tap.stop()), callFetch: fetches.call };
}
