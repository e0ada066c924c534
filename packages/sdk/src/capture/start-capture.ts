import type { Diagnostics } from '../diagnostics.ts';
import { type Found, isProviderHost } from '../providers/index.ts';
import type { Timers } from '../timers.ts';
import type { ExchangeWatcher, FetchCall, Taps, WireDeps, WireRequest } from '../wire/index.ts';
import type { CapturedCall } from './captured-call.ts';
import type { FindTokenizer } from './count-tokens.ts';
import { createGuard } from './create-guard.ts';
import { type Clock, Exchange } from './exchange.ts';
import { makeCalls } from './make-calls.ts';
import type { FitContent } from './read-content.ts';
import { rememberOperations } from './remember-operations.ts';

export type CaptureDeps<Scope> = {
  readonly onCall: (call: CapturedCall<Scope>) => void;
  /** Read when a request is made, in the app's own async context. */
  readonly currentScope: () => Scope | undefined;
  /** Whether two requests were made in the same scope; by default that is one and the same. */
  readonly isSameScope?: (a: Scope | undefined, b: Scope | undefined) => boolean;
  /** True for the SDK's own traffic, by `host:port`. */
  readonly isOwnHost: (host: string) => boolean;
  /** The app's own gateways: host to provider. */
  readonly providers: Readonly<Record<string, string>>;
  /** How long an ended exchange may wait to be read with others; 0 reads each at once. */
  readonly readAfterMs?: () => number;
  /** Makes what was said in a call an attribute of it; undefined while nobody asked for that. */
  readonly content?: () => FitContent | undefined;
  /** A call was seen and could not be read. */
  readonly onLost?: () => void;
  /** What to add to the `baggage` header of a request to the app's own services. */
  readonly baggageFor?: WireDeps<Scope | undefined>['baggageFor'];
  /** Where the app may have a tokenizer for estimates. */
  readonly findTokenizer?: FindTokenizer;
  readonly diagnostics: Diagnostics;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Node and other runtimes have different places to watch. */
  readonly installTaps: (deps: WireDeps<Scope | undefined>) => Taps;
};

export type Capture = {
  /** Takes the taps off and hands over what is still open, as cancelled. */
  stop(): void;
  /** Does a call of a fetch that no tap may see, and watches it. */
  callFetch(call: FetchCall): unknown;
  /** Reads what has ended and hands it over, save failures that wait for their retry. */
  drain(): void;
  /** Exchanges in flight, and failures that wait for their retry. */
  pending(): number;
  /** Exchanges in flight of calls that began up to a time on the monotonic clock. */
  inFlight(latestStartMs: number): number;
  /** Hands over the failures that wait for their retry; one that still comes is a call of its own. */
  release(): void;
};

/** An app that leaves more than this without an end has forgotten them. */
const MAX_OPEN = 10_000;

/** Captures every provider call of this process, from the wire to one event a logical call. */
export function startCapture<Scope>(deps: CaptureDeps<Scope>): Capture {
  const findOperation = rememberOperations(deps.providers);
  const open = new Set<Exchange<Scope>>();
  const guard = createGuard(deps);
  const isUnderWay = (isSuch: (exchange: Exchange<Scope>) => boolean): boolean => [...open].some(isSuch);
  const calls = makeCalls({ ...deps, isUnderWay }, guard);
  const exchangeDeps = { clock: deps.clock, keepsContent: () => deps.content?.() !== undefined, onEnd, onFault: guard.reportFault };

  function watch(request: WireRequest, scope: Scope | undefined): ExchangeWatcher | undefined {
    const found = findOperation(request);
    if (!found) return notBillable(request);
    if (deps.isOwnHost(request.host) || isOtherFile(found)) return undefined;
    const exchange = new Exchange(exchangeDeps, { request, found, scope, claimed: calls.claim(request, scope) });
    if (open.size >= MAX_OPEN) endOldest(open, deps.diagnostics);
    open.add(exchange);
    return exchange;
  }

  /** Results are worth reading when a batch named them; most files belong to none. */
  function isOtherFile({ operation }: Found): boolean {
    return operation.isResults === true && !calls.awaits(operation.pathId ?? '');
  }

  function onEnd(exchange: Exchange<Scope>): void {
    open.delete(exchange);
    calls.push(exchange);
  }

  function notBillable({ method, host, path }: WireRequest): undefined {
    deps.diagnostics.debug(() => (isProviderHost(host, deps.providers) ? `${method} ${host}${path} is no billable call` : undefined));
  }

  /** A provider is told nothing, whatever the app's settings say. */
  function baggageFor(request: WireRequest, scope: Scope | undefined): string | undefined {
    return isProviderHost(request.host, deps.providers) ? undefined : deps.baggageFor?.(request, scope);
  }

  const taps = deps.installTaps({
    currentContext: deps.currentScope,
    watch,
    baggageFor: deps.baggageFor && baggageFor,
    diagnostics: deps.diagnostics,
  });
  return {
    stop() {
      taps.stop();
      for (const exchange of open) exchange.ended({ how: 'cancelled' });
      calls.release();
    },
    callFetch: taps.callFetch,
    drain: calls.drain,
    pending: () => open.size + calls.heldCount(),
    inFlight(latestStartMs) {
      calls.drain();
      return [...open].filter(({ claimed, startedMs }) => (claimed?.startedMs ?? startedMs) <= latestStartMs).length;
    },
    release: calls.release,
  };
}

/** It is handed over with what is known of it, so that no call is lost for another. */
function endOldest<Scope>(open: Iterable<Exchange<Scope>>, diagnostics: Diagnostics): void {
  diagnostics.count('too_many_open');
  for (const oldest of open) return oldest.ended({ how: 'cancelled' });
}
