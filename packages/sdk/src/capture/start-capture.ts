import type { Diagnostics } from '../diagnostics.ts';
import { findOperation } from '../providers/index.ts';
import { type ExchangeWatcher, installTaps, type WireRequest } from '../wire/index.ts';
import { buildCall } from './build-call.ts';
import type { CapturedCall } from './captured-call.ts';
import { createResponseCounter } from './count-responses.ts';
import { type Clock, ExchangeRecorder, type ExchangeRecord } from './exchange-recorder.ts';
import { createRetryFolder, type FoldedCall, type HeldCall } from './fold-retries.ts';
import { readExchange } from './read-exchange.ts';

export type CaptureDeps<Scope> = {
  readonly onCall: (call: CapturedCall<Scope>) => void;
  /** Read when a request is made, in the app's own async context. */
  readonly currentScope: () => Scope | undefined;
  /** True for the SDK's own traffic, by `host:port`. */
  readonly isOwnHost: (host: string) => boolean;
  /** The app's own gateways: host to provider. */
  readonly providers: Readonly<Record<string, string>>;
  readonly diagnostics: Diagnostics;
  readonly clock: Clock;
};

export type Capture = {
  /** Takes the taps off and hands over what is still open, as cancelled. */
  stop(): void;
  /** Exchanges in flight, and failures that wait for their retry. */
  pending(): number;
  /** Exchanges in flight of calls that began up to a time on the monotonic clock. */
  inFlight(latestStartMs: number): number;
  /** Hands over the failures that wait for their retry; one that still comes is a call of its own. */
  release(): void;
};

/** Captures every provider call of this process, from the wire to one event a logical call. */
export function startCapture<Scope>(deps: CaptureDeps<Scope>): Capture {
  const open = new Map<ExchangeRecorder<Scope>, HeldCall<Scope> | undefined>();
  const responses = createResponseCounter<Scope>();
  const recorderDeps = { clock: deps.clock, onEnd, onFault: reportFault };
  const retries = createRetryFolder<Scope>({ after: afterUnref, emit: guarded(handOver) });

  function handOver(call: FoldedCall<Scope>): void {
    const counted = responses.count(call);
    if (counted) deps.onCall(buildCall(counted));
  }

  function guarded<Value>(step: (value: Value) => void): (value: Value) => void {
    return (value) => {
      try {
        step(value);
      } catch (error) {
        reportFault(error);
      }
    };
  }

  function reportFault(error: unknown): void {
    deps.diagnostics.count('capture');
    deps.diagnostics.warnOnce('capture', `a call could not be captured, the app is not affected: ${String(error)}`);
  }

  function watch(request: WireRequest, scope: Scope | undefined): ExchangeWatcher | undefined {
    if (deps.isOwnHost(request.host)) return undefined;
    const found = findOperation(request, deps.providers);
    if (!found) return undefined;
    const recorder = new ExchangeRecorder(recorderDeps, { request, scope, ...found });
    open.set(recorder, retries.claim({ request, scope }));
    return recorder;
  }

  function onEnd(recorder: ExchangeRecorder<Scope>, record: ExchangeRecord<Scope>): void {
    const claimed = open.get(recorder);
    open.delete(recorder);
    const outcome = readExchange(record);
    if (outcome) retries.settle(record, outcome, claimed);
    else if (claimed) handOver(claimed);
  }

  const taps = installTaps({ currentContext: deps.currentScope, watch, diagnostics: deps.diagnostics });
  return {
    stop() {
      taps.stop();
      for (const recorder of open.keys()) recorder.ended({ how: 'cancelled' });
      retries.release();
    },
    pending: () => open.size + retries.heldCount,
    inFlight: (latestStartMs) => [...open].filter(([recorder, claimed]) => (claimed ?? recorder).startedMs <= latestStartMs).length,
    release: () => retries.release(),
  };
}

function afterUnref(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs);
  timer.unref();
  return () => clearTimeout(timer);
}
