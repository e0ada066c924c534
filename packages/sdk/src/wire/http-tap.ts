import type { ClientRequest, IncomingMessage } from 'node:http';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { coverHttpDoors } from './cover-http-doors.ts';
import { coverMethod } from './cover-method.ts';
import type { ExchangeEnd, ExchangeWatcher, Tap, WireDeps, WireRequest } from './exchange.ts';
import { endOfFailure } from './end-of-failure.ts';
import { readTarget } from './read-target.ts';
import { readUndiciHeaders } from './read-undici-request.ts';

/** Told since Node 22.12 and 23.2, without loading `node:http` and `node:https` (10 ms) for those who do not use them. */
const CHANNEL = 'http.client.request.created';
const HAS_CHANNEL = /^v(?:22\.(?:1[2-9]|[2-9]\d)|23\.(?:[2-9]|\d\d)|2[4-9]|[3-9]\d)\b/;

/** Watches what goes through `http` and `https`: clients on node-fetch, axios and their kind. */
export function installHttpTap<Context>(deps: WireDeps<Context>, hasChannel: boolean = HAS_CHANNEL.test(process.version)): Tap {
  function onCreated(message: unknown): void {
    try {
      const made = requestOf(message);
      if (!made) return;
      const head = readClientRequest(made);
      const context = deps.currentContext();
      const watcher = deps.watch(head, context);
      if (watcher) observeRequest(made, watcher);
      else if (!addBaggage(made, deps.baggageFor?.(head, context))) deps.diagnostics.count('baggage_late');
    } catch {
      deps.diagnostics.count('http_tap');
    }
  }

  if (!hasChannel) return coverHttpDoors(onCreated);
  subscribe(CHANNEL, onCreated);
  return { stop: () => unsubscribe(CHANNEL, onCreated) };
}

/** Another program may publish anything on Node's channel. */
function requestOf(message: unknown): ClientRequest | undefined {
  if (!(message instanceof Object) || !('request' in message)) return undefined;
  const { request } = message;
  // Safe because only Node's requests have all of this, and what others lack is caught.
  return request instanceof Object && 'getHeader' in request && 'emit' in request ? (request as ClientRequest) : undefined;
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
    else if (event === 'response' && isMessage(value) && !isAnswered) {
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

function isMessage(value: unknown): value is IncomingMessage {
  return value instanceof Object && 'statusCode' in value;
}

function cover(target: object, name: string, tell: (first: unknown, second: unknown) => void): void {
  coverMethod(target, name, (run, values) => {
    tell(values[0], values[1]);
    return run();
  });
}

/** Node closes with ECONNRESET whoever hung up; only a socket that the other side ended or broke did so from there. */
function endOf(request: ClientRequest, error: unknown): ExchangeEnd {
  const { socket } = request;
  const isOwnDoing = socket && socket.errored === null && !socket.readableEnded;
  return isOwnDoing ? { how: 'cancelled' } : endOfFailure(error);
}
