import type { ClientRequest, IncomingMessage } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { loadBuiltin } from '../load-builtin.ts';
import type { ExchangeEnd, ExchangeWatcher, Tap, WireDeps, WireRequest } from './exchange.ts';
import { endOfFailure } from './end-of-failure.ts';
import { readTarget } from './read-target.ts';
import { readUndiciHeaders } from './read-undici-request.ts';

const http = loadBuiltin('node:http');
const https = loadBuiltin('node:https');

type Callback = (this: unknown, ...values: readonly unknown[]) => unknown;

/** Watches what goes through `http` and `https`: clients on node-fetch, axios and their kind. */
export function installHttpTap<Context>(deps: WireDeps<Context>): Tap {
  function onMade(made: unknown): void {
    try {
      if (!(made instanceof http.ClientRequest)) return;
      const head = readClientRequest(made);
      const context = deps.currentContext();
      const watcher = deps.watch(head, context);
      if (watcher) observeRequest(made, watcher);
      else if (!addBaggage(made, deps.baggageFor?.(head, context))) deps.diagnostics.count('baggage_late');
    } catch {
      deps.diagnostics.count('http_tap');
    }
  }

  const doors = [http, https].flatMap((module) => {
    const request: unknown = Reflect.get(module, 'request');
    return [
      coverDoor(module, 'request', { tell: onMade }),
      // `get` sends its headers before anybody can add one, so it is done as Node does it: a request that is ended.
      coverDoor(module, 'get', { tell: onMade, request: deps.baggageFor && request }),
    ];
  });
  syncBuiltinESMExports();

  return {
    stop() {
      for (const uncover of doors) uncover();
      syncBuiltinESMExports();
    },
  };
}

type DoorWatcher = { readonly tell: (made: unknown) => void; readonly request?: unknown };

/** Puts ourselves before one of the module's functions, which does what it did; gives the way back. */
function coverDoor(module: object, name: 'request' | 'get', { tell, request: open }: DoorWatcher): () => void {
  const original: unknown = Reflect.get(module, name);
  if (!isCallback(original)) return () => undefined;
  const covered: Callback = function request(this: unknown, ...values) {
    const made: unknown = Reflect.apply(isCallback(open) ? open : original, this, values);
    tell(made);
    if (isCallback(open) && made instanceof http.ClientRequest) made.end();
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
  // Headers given as a list are written down at once and cannot be asked for any more.
  const written = '_header' in request && typeof request._header === 'string' ? request._header : '';
  const inWritten = readUndiciHeaders(written.slice(written.indexOf('\r\n') + 2));
  const header = (name: string): string | undefined => {
    const value = request.getHeader(name);
    return value === undefined ? inWritten(name) : String(value);
  };
  const target = readTarget(request.path, `${request.protocol}//${header('host') ?? request.host}`);
  return { method: request.method, ...target, header };
}

/** Gives false where it is too late: headers that come as a list are on their way at once. */
function addBaggage(request: ClientRequest, member: string | undefined): boolean {
  if (member === undefined) return true;
  if (request.headersSent) return false;
  const others = request.getHeader('baggage');
  request.setHeader('baggage', others === undefined ? member : `${String(others)},${member}`);
  return true;
}

/** Listeners of ours would change what the request does, so its own methods are covered: it stays the one that Node made. */
function observeRequest(request: ClientRequest, watcher: ExchangeWatcher): void {
  let failure: unknown;
  let isAnswered = false;
  cover(request, 'write', (chunk, encoding) => tellSent(watcher, chunk, encoding));
  cover(request, 'end', (chunk, encoding) => tellSent(watcher, chunk, encoding));
  cover(request, 'emit', (event, value) => {
    if (event === 'error') failure = value;
    else if (event === 'response' && value instanceof http.IncomingMessage && !isAnswered) {
      isAnswered = true;
      observeResponse(request, value, watcher);
    } else if (event === 'close' && !isAnswered) watcher.ended(endOf(request, failure));
  });
}

function tellSent(watcher: ExchangeWatcher, chunk: unknown, encoding: unknown): void {
  if (chunk instanceof Uint8Array) watcher.sent(chunk);
  else if (typeof chunk === 'string') watcher.sent(Buffer.from(chunk, isEncoding(encoding) ? encoding : 'utf8'));
}

function isEncoding(value: unknown): value is BufferEncoding {
  return typeof value === 'string' && Buffer.isEncoding(value);
}

/** Chunks are seen as Node's parser pushes them in: nothing makes the stream flow. */
function observeResponse(request: ClientRequest, response: IncomingMessage, watcher: ExchangeWatcher): void {
  watcher.answered(response.statusCode ?? 0, (name) => {
    const value = response.headers[name];
    return Array.isArray(value) ? value[0] : value;
  });
  cover(response, 'push', (chunk) => {
    if (chunk instanceof Uint8Array) watcher.received(chunk);
    else if (chunk === null && response.complete) watcher.ended({ how: 'complete' });
  });
  cover(response, 'emit', (event) => {
    if (event === 'close') watcher.ended(response.complete ? { how: 'complete' } : endOf(request, response.errored));
  });
}

/** Gives one object its own version of a method, which tells us first and then does what it did. */
function cover(target: object, name: string, tell: (first: unknown, second: unknown) => void): void {
  const original: unknown = Reflect.get(target, name);
  if (!isCallback(original)) return;
  const value: Callback = function covered(this: unknown, ...values) {
    tell(values[0], values[1]);
    return Reflect.apply(original, this, values);
  };
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
}

/** Node closes with ECONNRESET whoever hung up; only a socket that the other side ended or broke did so from there. */
function endOf(request: ClientRequest, error: unknown): ExchangeEnd {
  const { socket } = request;
  const isOwnDoing = socket && socket.errored === null && !socket.readableEnded;
  return isOwnDoing ? { how: 'cancelled' } : endOfFailure(error);
}
