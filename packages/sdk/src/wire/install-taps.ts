import type { Tap, WireDeps } from './exchange.ts';
import { installFetchTap, isObservedAbove } from './fetch-tap.ts';
import { installHttpTap } from './http-tap.ts';
import { installUndiciTap } from './undici-tap.ts';

/** Watches the whole process's wire: undici and `http(s)`, and fetch itself only where undici cannot be observed. */
export function installTaps<Context>(deps: WireDeps<Context>): Tap {
  const taps: Tap[] = [];
  let hasFetchTap = false;
  const beneath: WireDeps<Context> = {
    ...deps,
    watch: (request, context) => (isObservedAbove() ? undefined : deps.watch(request, context)),
  };

  function fallBackToFetch(): void {
    if (hasFetchTap || typeof globalThis.fetch !== 'function') return;
    hasFetchTap = true;
    taps.push(installFetchTap(deps));
  }

  function onUnknownUndici(): void {
    deps.diagnostics.warnOnce(
      'undici_unknown',
      'this version of undici cannot be observed from inside, so calls are captured at globalThis.fetch; clients made before init() that keep their own fetch are missed',
    );
    fallBackToFetch();
  }

  taps.push(installUndiciTap(beneath, onUnknownUndici), installHttpTap(beneath));
  if (process.versions['undici'] === undefined) fallBackToFetch();
  return { stop: () => taps.forEach((tap) => tap.stop()) };
}
