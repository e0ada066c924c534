import type { ClientRequest, IncomingMessage } from 'node:http';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { errorMonitor } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { loadBuiltin } from '../load-builtin.ts';
import type { ExchangeEnd, ExchangeWatcher, HeaderReader, Tap, WireDeps, WireRequest } from './exchange.ts';
import { endOfFailure } from './end-of-failure.ts';
import { readTarget } from './read-target.ts';

const http = loadBuiltin('node:http');
const https = loadBuiltin('node:https');
const RESPONSE_CHANNEL = 'http.client.response.finish';

type Callback = (this: unknown, ...values: readonly unknown[]) => unknown;
type Watched = { readonly watcher: ExchangeWatcher; error?: unknown; isAnswered: boolean };

/** Watches what goes through `http` and `https`: clients on node-fetch, axios and their kind. */
export function installHttpTap<Context>(deps: WireDeps<Context>): Tap {
  const watched = new WeakMap<object, Watched>();

  function onMade(made: unknown): void {
    try {
      if (made instanceof http.ClientRequest) onRequest(made);
    } catch {
      deps.diagnostics.count('http_tap');
    }
  }

  function onRequest(request: ClientRequest): void {
    const watcher = deps.watch(readClientRequest(request), deps.currentContext());
    if (!watcher) return;
    const state: Watched = { watcher, isAnswered: false };
    watched.set(request, state);
    coverWrites(request, watcher);
    request.on(errorMonitor, (error: unknown) => {
      state.error = error;
    });
    request.once('close', () => {
      if (!state.isAnswered) watcher.ended(endOf(request, state.error));
    });
  }

  function onResponse(message: unknown): void {
    try {
      const pair = pairOf(message);
      const state = pair && watched.get(pair.request);
      if (!pair || !state) return;
      state.isAnswered = true;
      observeResponse(pair, state);
    } catch {
      deps.diagnostics.count('http_tap');
    }
  }

  const doors = [http, https].flatMap((module) => [coverDoor(module, 'request', onMade), coverDoor(module, 'get', onMade)]);
  syncBuiltinESMExports();
  subscribe(RESPONSE_CHANNEL, onResponse);

  return {
    stop() {
      unsubscribe(RESPONSE_CHANNEL, onResponse);
      for (const uncover of doors) uncover();
      syncBuiltinESMExports();
    },
  };
}

/** Puts ourselves before one of the module's functions, which does what it did; gives the way back. */
function coverDoor(module: object, name: 'request' | 'get', tell: (made: unknown) => void): () => void {
  const original: unknown = Reflect.get(module, name);
  if (!isCallback(original)) return () => undefined;
  const covered: Callback = function request(this: unknown, ...values) {
    const made: unknown = Reflect.apply(original, this, values);
    tell(made);
    return made;
  };
  Object.defineProperty(covered, 'name', { value: name });
  Reflect.set(module, name, covered);
  return () => {
    if (Reflect.get(module, name) === covered) Reflect.set(module, name, original);
  };
}

function isCallback(value: unknown): value is Callback {
  return typeof value === 'function';
}

function readClientRequest(request: ClientRequest): WireRequest {
  const own = request.getHeader('host');
  const authority = typeof own === 'string' ? own : request.host;
  return {
    method: request.method,
    ...readTarget(request.path, `${request.protocol}//${authority}`),
    header(name) {
      const value = request.getHeader(name);
      return value === undefined ? undefined : String(value);
    },
  };
}

/** The body is seen where the app hands it over; the request itself stays the one Node made. */
function coverWrites(request: ClientRequest, watcher: ExchangeWatcher): void {
  for (const name of ['write', 'end'] as const) {
    const original: unknown = request[name];
    if (!isCallback(original)) continue;
    define(request, name, function write(this: unknown, ...values) {
      tellSent(watcher, values[0], values[1]);
      return Reflect.apply(original, this, values);
    });
  }
}

function tellSent(watcher: ExchangeWatcher, chunk: unknown, encoding: unknown): void {
  if (chunk instanceof Uint8Array) watcher.sent(chunk);
  else if (typeof chunk === 'string') watcher.sent(Buffer.from(chunk, isEncoding(encoding) ? encoding : 'utf8'));
}

function isEncoding(value: unknown): value is BufferEncoding {
  return typeof value === 'string' && Buffer.isEncoding(value);
}

function define(target: object, name: string, value: Callback): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
}

type Pair = { readonly request: ClientRequest; readonly response: IncomingMessage };

function pairOf(message: unknown): Pair | undefined {
  if (typeof message !== 'object' || message === null || !('request' in message) || !('response' in message)) return undefined;
  const { request, response } = message;
  return request instanceof http.ClientRequest && response instanceof http.IncomingMessage ? { request, response } : undefined;
}

/** Chunks are seen as Node's parser pushes them in: no listener is added that would make the stream flow. */
function observeResponse({ request, response }: Pair, { watcher }: Watched): void {
  watcher.answered(response.statusCode ?? 0, headersOf(response));
  const original: unknown = response.push;
  if (!isCallback(original)) return;
  let isEnded = false;
  define(response, 'push', function push(this: unknown, ...values) {
    const [chunk] = values;
    if (chunk instanceof Uint8Array) watcher.received(chunk);
    else if (chunk === null && response.complete) {
      isEnded = true;
      watcher.ended({ how: 'complete' });
    }
    return Reflect.apply(original, this, values);
  });
  response.once('close', () => {
    if (!isEnded) watcher.ended(response.complete ? { how: 'complete' } : endOf(request, response.errored));
  });
}

function headersOf(response: IncomingMessage): HeaderReader {
  return (name) => {
    const value = response.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
}

/** Node closes with ECONNRESET whoever hung up; only a socket that the other side ended or broke did so from there. */
function endOf(request: ClientRequest, error: unknown): ExchangeEnd {
  const { socket } = request;
  const isOwnDoing = socket && socket.errored === null && !socket.readableEnded;
  return isOwnDoing ? { how: 'cancelled' } : endOfFailure(error);
}
