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
  readonly #reading: FetchReading;
  readonly #watcher: ExchangeWatcher;
  #isTakenOver = false;

  constructor(context: Context, reading: FetchReading, watcher: ExchangeWatcher) {
    this.context = context;
    this.#reading = reading;
    this.#watcher = watcher;
  }

  takeOver({ host, path }: WireRequest): ExchangeWatcher | undefined {
    const { request } = this.#reading;
    if (this.#isTakenOver || request.host !== host || request.path !== path) return undefined;
    this.#isTakenOver = true;
    return this.#watcher;
  }

  failed(error: unknown): void {
    if (this.#isTakenOver) return;
    this.#sent();
    this.#watcher.ended(endOfFetch(error, this.#reading.signal));
  }

  answered(response: unknown): void {
    if (this.#isTakenOver) return;
    this.#sent();
    if (!isResponse(response)) return this.#watcher.ended({ how: 'cancelled' });
    const { headers, status } = response;
    // What fetch gives has been decoded already.
    this.#watcher.answered(status, (name) => (name === 'content-encoding' ? undefined : (headers.get(name) ?? undefined)));
    // Clients leave empty bodies unread, and those of refusals before they try again.
    if (status >= 400 || BODILESS.has(status) || headers.get('content-length') === '0') return this.#watcher.ended({ how: 'complete' });
    const listener = new BodyListener(this.#watcher, (error) => endOfFetch(error, this.#reading.signal));
    watchResponse(response, listener);
    endWhenForgotten(listener, this.#watcher);
  }

  #sent(): void {
    const body = this.#reading.body();
    if (body) this.#watcher.sent(body);
  }
}

/**
 * Watches calls of fetch. The app gets the response that fetch made. Its promise is one that follows fetch's own: looking on
 * from aside would mark a rejection as handled that the app does not handle.
 */
export function createFetchWatch<Context>(deps: WireDeps<Context>): FetchWatch<Context> {
  const above = new AsyncLocalStorage<WatchedFetch<Context>>();
  const currentContext = (): Context | WatchedFetch<Context> => above.getStore() ?? deps.currentContext();

  function watch(request: WireRequest, context: Context | WatchedFetch<Context>): ExchangeWatcher | undefined {
    if (!(context instanceof WatchedFetch)) return deps.watch(request, context);
    return context.takeOver(request) ?? deps.watch(request, context.context);
  }

  function baggageFor(request: WireRequest, context: Context | WatchedFetch<Context>): string | undefined {
    return deps.baggageFor?.(request, context instanceof WatchedFetch ? context.context : context);
  }

  function attempt<Result>(step: () => Result): Result | undefined {
    try {
      return step();
    } catch {
      deps.diagnostics.count('fetch_tap');
      return undefined;
    }
  }

  function start(values: readonly unknown[]): WatchedFetch<Context> | undefined {
    const reading = readFetch(values);
    const watcher = reading && watch(reading.request, currentContext());
    return watcher && new WatchedFetch(deps.currentContext(), reading, watcher);
  }

  function call({ fetch, self, values }: FetchCall): unknown {
    const run = (): unknown => Reflect.apply(fetch, self, values);
    const watched = attempt(() => start(values));
    if (!watched) return run();
    const made = above.run(watched, run);
    if (!(made instanceof Promise)) return made;
    return made.then(
      (response: unknown) => {
        attempt(() => watched.answered(response));
        return response;
      },
      (error: unknown) => {
        attempt(() => watched.failed(error));
        throw error;
      },
    );
  }

  return { call, beneath: { ...deps, watch, currentContext, baggageFor: deps.baggageFor && baggageFor } };
}

type AnyResponse = { readonly status: number; readonly headers: { get(name: string): string | null } };

/** node-fetch's are no global `Response`. */
function isResponse(value: unknown): value is AnyResponse {
  return typeof value === 'object' && value !== null && 'status' in value && 'headers' in value;
}

let forgotten: FinalizationRegistry<ExchangeWatcher> | undefined;

/** An answer that nobody can read any more has no other end. */
function endWhenForgotten(listener: BodyListener, watcher: ExchangeWatcher): void {
  // Workers have it since 2025-05-05.
  if (typeof FinalizationRegistry !== 'function') return;
  forgotten ??= new FinalizationRegistry((unread) => unread.ended({ how: 'cancelled' }));
  forgotten.register(listener, watcher);
}

/** An app that hangs up has said so by its signal; each runtime has errors of its own for a connection that was lost. */
function endOfFetch(error: unknown, signal: AbortSignal | undefined): ExchangeEnd {
  const end = endOfFailure(error instanceof Error && error.cause !== undefined ? error.cause : error);
  return end.how === 'cancelled' && signal?.aborted !== true ? { how: 'failed', code: 'connection_lost', wasSent: true } : end;
}
