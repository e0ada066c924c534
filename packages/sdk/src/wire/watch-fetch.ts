import { AsyncLocalStorage } from 'node:async_hooks';
import { endOfFailure } from './end-of-failure.ts';
import type { ExchangeEnd, ExchangeWatcher, WireDeps, WireRequest } from './exchange.ts';
import { BodyListener } from './body-listener.ts';
import { readFetch, type FetchReading } from './read-fetch.ts';
import { watchResponse } from './watch-response.ts';

/** Whoever's fetch: what it takes and gives is looked at, not trusted. */
export type Fetch = (...values: never[]) => unknown;

/** One call of somebody's fetch. */
export type FetchCall = { readonly fetch: Fetch; readonly self: unknown; readonly values: readonly unknown[] };

/** Answers that have no body to wait for. */
const BODILESS = new Set([101, 204, 205, 304]);

export type FetchWatch<Context> = {
  /** Does the call and watches it, unless something beneath sees it better. */
  call(call: FetchCall): unknown;
  /** What the taps beneath are told instead: each exchange is watched once, by the lowest that sees it. */
  readonly beneath: WireDeps<Context | WatchedFetch<Context>>;
};

/** A fetch that is watched from above, until a request beneath it that goes to the same place takes its watcher over. */
class WatchedFetch<Context> {
  readonly context: Context;
  readonly #request: WireRequest;
  readonly #watcher: ExchangeWatcher;
  #isTakenOver = false;

  constructor(context: Context, request: WireRequest, watcher: ExchangeWatcher) {
    this.context = context;
    this.#request = request;
    this.#watcher = watcher;
  }

  takeOver({ host, path }: WireRequest): ExchangeWatcher | undefined {
    if (this.#isTakenOver || this.#request.host !== host || this.#request.path !== path) return undefined;
    this.#isTakenOver = true;
    return this.#watcher;
  }

  /** The watcher, if it is still to be told from up here. */
  get watcher(): ExchangeWatcher | undefined {
    return this.#isTakenOver ? undefined : this.#watcher;
  }
}

/**
 * Watches calls of fetch. The app gets the response that fetch made. Its promise is one that follows fetch's own: looking on
 * from aside would mark a rejection as handled that the app does not handle.
 */
export function createFetchWatch<Context>(deps: WireDeps<Context>): FetchWatch<Context> {
  const above = new AsyncLocalStorage<WatchedFetch<Context>>();
  let forgotten: Forgotten | undefined;

  function watch(request: WireRequest, context: Context | WatchedFetch<Context>): ExchangeWatcher | undefined {
    if (!(context instanceof WatchedFetch)) return deps.watch(request, context);
    return context.takeOver(request) ?? deps.watch(request, context.context);
  }

  function baggageFor(request: WireRequest, context: Context | WatchedFetch<Context>): string | undefined {
    return deps.baggageFor?.(request, context instanceof WatchedFetch ? context.context : context);
  }

  function start(values: readonly unknown[]): Started<Context> | undefined {
    const reading = readFetch(values);
    const watcher = reading && watch(reading.request, above.getStore() ?? deps.currentContext());
    return watcher && { reading, watched: new WatchedFetch(deps.currentContext(), reading.request, watcher) };
  }

  function attempt<Result>(step: () => Result): Result | undefined {
    try {
      return step();
    } catch {
      deps.diagnostics.count('fetch_tap');
      return undefined;
    }
  }

  function tell({ reading, watched }: Started<Context>, say: (watcher: ExchangeWatcher) => void): void {
    const { watcher } = watched;
    if (!watcher) return;
    const body = attempt(() => reading.body());
    if (body) watcher.sent(body);
    attempt(() => say(watcher));
  }

  function onResponse(response: unknown, watcher: ExchangeWatcher, endOf: (error: unknown) => ExchangeEnd): void {
    if (!isResponse(response)) return watcher.ended({ how: 'cancelled' });
    const { headers, status } = response;
    // What fetch gives has been decoded already.
    watcher.answered(status, (name) => (name === 'content-encoding' ? undefined : (headers.get(name) ?? undefined)));
    // Clients leave empty bodies unread, and those of refusals before they try again.
    if (status >= 400 || BODILESS.has(status) || headers.get('content-length') === '0') return watcher.ended({ how: 'complete' });
    const listener = new BodyListener(watcher, endOf);
    watchResponse(response, listener);
    forgotten ??= listenToForgotten();
    forgotten?.register(listener, watcher);
  }

  function call({ fetch, self, values }: FetchCall): unknown {
    const started = attempt(() => start(values));
    if (!started) return Reflect.apply(fetch, self, values);
    const endOf = (error: unknown): ExchangeEnd => endOfFetch(error, started.reading.signal);
    const fail = (error: unknown): never => {
      tell(started, (watcher) => watcher.ended(endOf(error)));
      throw error;
    };
    let made: unknown;
    try {
      made = above.run(started.watched, () => Reflect.apply(fetch, self, values));
    } catch (error) {
      return fail(error);
    }
    const onMade = (response: unknown): unknown => {
      tell(started, (watcher) => onResponse(response, watcher, endOf));
      return response;
    };
    return isThenable(made) ? made.then(onMade, fail) : onMade(made);
  }

  return {
    call,
    beneath: {
      ...deps,
      watch,
      baggageFor: deps.baggageFor && baggageFor,
      currentContext: () => above.getStore() ?? deps.currentContext(),
    },
  };
}

type Started<Context> = { readonly reading: FetchReading; readonly watched: WatchedFetch<Context> };

type Thenable = { then(onValue: (value: unknown) => unknown, onError: (error: unknown) => unknown): unknown };

function isThenable(value: unknown): value is Thenable {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

type AnyResponse = { readonly status: number; readonly headers: { get(name: string): string | null } };

/** node-fetch's are no global `Response`. */
function isResponse(value: unknown): value is AnyResponse {
  return typeof value === 'object' && value !== null && 'status' in value && 'headers' in value;
}

/** An answer that nobody will read any more has no other end. */
type Forgotten = { register(listener: BodyListener, watcher: ExchangeWatcher): void };

function listenToForgotten(): Forgotten | undefined {
  // Workers have it since 2025-05-05.
  if (typeof FinalizationRegistry !== 'function') return undefined;
  return new FinalizationRegistry((watcher: ExchangeWatcher) => watcher.ended({ how: 'cancelled' }));
}

/** An app that hangs up has said so by its signal; each runtime has errors of its own for a connection that was lost. */
function endOfFetch(error: unknown, signal: AbortSignal | undefined): ExchangeEnd {
  const end = endOfFailure(error instanceof Error && error.cause !== undefined ? error.cause : error);
  return end.how === 'cancelled' && signal?.aborted !== true ? { how: 'failed', code: 'connection_lost', wasSent: true } : end;
}
