import { onTestFinished } from 'vitest';
import { type ExchangeEnd, installTaps, type Tap, type WireDeps, type WireRequest } from '../../../src/wire/index.ts';

export type SeenExchange = {
  readonly request: WireRequest;
  readonly sent: () => Buffer;
  readonly received: () => Buffer;
  readonly status: () => number | undefined;
  /** Resolves when the exchange has ended. */
  readonly ended: Promise<ExchangeEnd>;
};

export type WatchedWire = { readonly exchanges: readonly SeenExchange[]; readonly warnings: readonly string[]; readonly stop: () => void };

/** Watches every exchange of this process until the test ends. */
export function watchWire(
  watchRequest: (request: WireRequest) => boolean = () => true,
  install: (deps: WireDeps<undefined>) => Tap = installTaps,
): WatchedWire {
  const exchanges: SeenExchange[] = [];
  const warnings: string[] = [];
  const taps = install({
    currentContext: () => undefined,
    diagnostics: { warnOnce: (_cause, message) => void warnings.push(message), count: (cause) => void warnings.push(cause) },
    watch(request) {
      if (!watchRequest(request)) return undefined;
      const sent: Uint8Array[] = [];
      const received: Uint8Array[] = [];
      let status: number | undefined;
      let end: (end: ExchangeEnd) => void = () => undefined;
      const ended = new Promise<ExchangeEnd>((resolve) => (end = resolve));
      exchanges.push({ request, sent: () => Buffer.concat(sent), received: () => Buffer.concat(received), status: () => status, ended });
      return {
        sent: (chunk) => void sent.push(chunk),
        answered: (code) => (status = code),
        received: (chunk) => void received.push(chunk),
        ended: end,
      };
    },
  });
  onTestFinished(() => taps.stop());
  return { exchanges, warnings, stop: () => taps.stop() };
}
