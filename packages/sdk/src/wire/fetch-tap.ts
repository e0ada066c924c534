import { AsyncLocalStorage } from 'node:async_hooks';
import type { ExchangeEnd, ExchangeWatcher, Tap, WireDeps, WireRequest } from './exchange.ts';
import { watchStream } from './watch-stream.ts';

/** True inside a fetch that this tap already watches, so that the layers beneath it keep still. */
const observed = new AsyncLocalStorage<true>();

/** True when the running request is already watched from above. */
export function isObservedAbove(): boolean {
  return observed.getStore() === true;
}

/**
 * Watches `globalThis.fetch`: the fall-back where undici cannot be observed. It misses clients that kept an earlier fetch.
 * The app gets the response that fetch made. Its promise is one that follows fetch's own: looking on from aside would mark
 * a rejection as handled that the app does not handle.
 */
export function installFetchTap<Context>(deps: WireDeps<Context>): Tap {
  const original = globalThis.fetch;

  const covered: typeof globalThis.fetch = function fetch(this: unknown, ...values: Parameters<typeof globalThis.fetch>) {
    const watcher = startWatching(deps, values);
    if (!watcher) return original.apply(this, values);
    return observed
      .run(true, () => original.apply(this, values))
      .then(
        (response) => {
          observeResponse(response, watcher);
          return response;
        },
        (error: unknown) => {
          watcher.ended(endOf(error));
          throw error;
        },
      );
  };
  globalThis.fetch = covered;

  return {
    stop() {
      if (globalThis.fetch === covered) globalThis.fetch = original;
    },
  };
}

function startWatching<Context>(deps: WireDeps<Context>, [input, init]: Parameters<typeof globalThis.fetch>): ExchangeWatcher | undefined {
  try {
    const request = readFetchArguments(input, init);
    const watcher = deps.watch(request, deps.currentContext());
    const body = init?.body;
    if (watcher && typeof body === 'string') watcher.sent(Buffer.from(body));
    else if (watcher && body instanceof Uint8Array) watcher.sent(body);
    return watcher;
  } catch {
    deps.diagnostics.count('fetch_tap');
    return undefined;
  }
}

function readFetchArguments(input: string | URL | Request, init: RequestInit | undefined): WireRequest {
  const given = input instanceof Request ? input : undefined;
  const url = new URL(input instanceof Request ? input.url : input);
  const headers = new Headers(init?.headers ?? given?.headers);
  const method = init?.method ?? given?.method ?? 'GET';
  return { method: method.toUpperCase(), host: url.host, path: url.pathname, header: (name) => headers.get(name) ?? undefined };
}

function observeResponse(response: Response, watcher: ExchangeWatcher): void {
  try {
    // What fetch gives has been decoded already.
    watcher.answered(response.status, (name) => (name === 'content-encoding' ? undefined : (response.headers.get(name) ?? undefined)));
    if (response.body) watchStream(response.body, watcher, endOf);
    else watcher.ended({ how: 'complete' });
  } catch {
    watcher.ended({ how: 'failed', code: 'unwatched', wasSent: true });
  }
}

function endOf(error: unknown): ExchangeEnd {
  if (!(error instanceof Error)) return { how: 'cancelled' };
  if (error.name === 'TimeoutError') return { how: 'failed', code: 'timeout', wasSent: true };
  // fetch wraps what happened to the connection in a TypeError; anything else is what the app aborted with.
  return error instanceof TypeError ? { how: 'failed', code: 'connection_lost', wasSent: true } : { how: 'cancelled' };
}
