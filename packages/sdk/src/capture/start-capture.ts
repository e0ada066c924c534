import type { Diagnostics } from '../diagnostics.ts';
import { findOperation } from '../providers/index.ts';
import type { Timer, Timers } from '../timers.ts';
import { type ExchangeWatcher, installTaps, type WireRequest } from '../wire/index.ts';
import { buildCall } from './build-call.ts';
import type { CapturedCall } from './captured-call.ts';
import { createResponseCounter } from './count-responses.ts';
import { type Clock, Exchange } from './exchange.ts';
import { createRetryFolder, type FoldedCall } from './fold-retries.ts';
import { readExchange } from './read-exchange.ts';

export type CaptureDeps<Scope> = {
  readonly onCall: (call: CapturedCall<Scope>) => void;
  /** Read when a request is made, in the app's own async context. */
  readonly currentScope: () => Scope | undefined;
  /** True for the SDK's own traffic, by `host:port`. */
  readonly isOwnHost: (host: string) => boolean;
  /** The app's own gateways: host to provider. */
  readonly providers: Readonly<Record<string, string>>;
  /** How long an ended exchange may wait to be read with others; 0 reads each at once. */
  readonly readAfterMs?: () => number;
  readonly diagnostics: Diagnostics;
  readonly clock: Clock;
  readonly timers: Timers;
};

export type Capture = {
  /** Takes the taps off and hands over what is still open, as cancelled. */
  stop(): void;
  /** Reads what has ended and hands it over, save failures that wait for their retry. */
  drain(): void;
  /** Exchanges in flight, and failures that wait for their retry. */
  pending(): number;
  /** Exchanges in flight of calls that began up to a time on the monotonic clock. */
  inFlight(latestStartMs: number): number;
  /** Hands over the failures that wait for their retry; one that still comes is a call of its own. */
  release(): void;
  /** Whether a call with this response's id was counted lately. */
  hasSeenResponse(id: string): boolean;
};

/** Ended exchanges wait unread no more than this, so that their bytes are let go while they are young. */
const READ_AFTER_MS = 100;
const MAX_UNREAD = 64;
const MAX_UNREAD_BYTES = 512 * 1024;

/** Captures every provider call of this process, from the wire to one event a logical call. */
export function startCapture<Scope>(deps: CaptureDeps<Scope>): Capture {
  const open = new Set<Exchange<Scope>>();
  const responses = createResponseCounter<Scope>();
  const exchangeDeps = { clock: deps.clock, onEnd, onFault: reportFault };
  const retries = createRetryFolder<Scope>({ after, emit: guarded(handOver) });
  const read = guarded(readEnded);
  let unread: Exchange<Scope>[] = [];
  let unreadBytes = 0;
  let reading: Timer | undefined;

  function watch(request: WireRequest, scope: Scope | undefined): ExchangeWatcher | undefined {
    if (deps.isOwnHost(request.host)) return undefined;
    const found = findOperation(request, deps.providers);
    if (!found) return undefined;
    const { operation, isCertain } = found;
    const exchange = new Exchange(exchangeDeps, { request, operation, isCertain, scope, claimed: retries.claim({ request, scope }) });
    open.add(exchange);
    return exchange;
  }

  /** Reading waits for company: done by itself between the app's own work, it costs three times as much. */
  function onEnd(exchange: Exchange<Scope>): void {
    open.delete(exchange);
    unread.push(exchange);
    unreadBytes += exchange.requestBody.keptBytes + (exchange.answer?.received.keptBytes ?? 0);
    const delayMs = deps.readAfterMs?.() ?? READ_AFTER_MS;
    // A failure's retry looks for it at once.
    const isUrgent = !exchange.answer || exchange.answer.status >= 400 || delayMs === 0;
    if (isUrgent || unread.length >= MAX_UNREAD || unreadBytes >= MAX_UNREAD_BYTES) drain();
    else reading ??= deps.timers.setTimer(drain, delayMs);
  }

  function drain(): void {
    reading?.cancel();
    reading = undefined;
    const ended = unread;
    unread = [];
    unreadBytes = 0;
    for (const exchange of ended) {
      read(exchange);
      exchange.letGo();
    }
  }

  function readEnded(exchange: Exchange<Scope>): void {
    const { claimed } = exchange;
    const outcome = readExchange(exchange);
    if (outcome) retries.settle(exchange, outcome, claimed);
    else if (claimed) handOver(claimed);
  }

  function handOver(call: FoldedCall<Scope>): void {
    const counted = responses.count(call);
    if (counted) deps.onCall(buildCall(counted));
  }

  function after(delayMs: number, run: () => void): () => void {
    const timer = deps.timers.setTimer(run, delayMs);
    return () => timer.cancel();
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

  const taps = installTaps({ currentContext: deps.currentScope, watch, diagnostics: deps.diagnostics });
  return {
    stop() {
      taps.stop();
      for (const exchange of open) exchange.ended({ how: 'cancelled' });
      drain();
      retries.release();
    },
    drain,
    pending() {
      drain();
      return open.size + retries.heldCount;
    },
    inFlight(latestStartMs) {
      drain();
      return [...open].filter(({ claimed, startedMs }) => (claimed?.startedMs ?? startedMs) <= latestStartMs).length;
    },
    release() {
      drain();
      retries.release();
    },
    hasSeenResponse(id) {
      drain();
      return responses.hasCounted(id);
    },
  };
}
