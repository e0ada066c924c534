import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { endOfFailure } from './end-of-failure.ts';
import { followDispatches } from './follow-dispatches.ts';
import type { ExchangeWatcher, Tap, WireDeps } from './exchange.ts';
import { readUndiciHeaders, readUndiciRequest } from './read-undici-request.ts';

const CHANNEL = 'undici:request:create';

type Callback = (this: UndiciRequest, ...values: readonly unknown[]) => unknown;

/** undici's request object: its head, and inner callbacks that it inherits. */
type UndiciRequest = Record<PropertyKey, unknown>;

type Tell = (watcher: ExchangeWatcher, first: unknown, second: unknown) => void;

/** What is told of requests that bear a mark. */
type Told = { readonly mark: symbol; readonly tell: Tell | undefined };

const onBodySent: Tell = (watcher, chunk) => {
  if (chunk instanceof Uint8Array) watcher.sent(chunk);
  else if (typeof chunk === 'string') watcher.sent(Buffer.from(chunk));
};
const onHead: Tell = (watcher, status, headers) => {
  if (typeof status === 'number' && status >= 200) watcher.answered(status, readUndiciHeaders(headers));
};
const onChunk: Tell = (watcher, chunk) => {
  if (chunk instanceof Uint8Array) watcher.received(chunk);
};
const onEnd: Tell = (watcher) => watcher.ended({ how: 'complete' });
const onError: Tell = (watcher, error) => watcher.ended(endOfFailure(error));

/** What undici calls its inner callbacks: up to version 7, and from version 8. */
const VERSIONS: readonly Readonly<Record<string, Tell>>[] = [
  { onBodySent, onHeaders: onHead, onData: onChunk, onComplete: onEnd, onError },
  { onBodySent, onResponseStart: onHead, onResponseData: onChunk, onResponseEnd: onEnd, onResponseError: onError },
];

/**
 * Watches every request of every undici in the process (the built-in fetch and npm's) through the class of its requests.
 * A request itself gets one mark and no method, so that whatever else covers its callbacks finds them as undici made them.
 * `onUnknown` is called for a request whose callbacks have names we do not know.
 */
export function installUndiciTap<Context>(deps: WireDeps<Context>, onUnknown: () => void): Tap {
  // Of this tap alone: a cover of an earlier one may still lie beneath another tool's.
  const mark = Symbol('llmobserve.watcher');
  const dispatches = followDispatches(deps.currentContext);
  const known = new WeakMap<object, boolean>();
  const covered: (() => void)[] = [];

  function coverClass(request: object, prototype: object): boolean {
    const tells = VERSIONS.find((version) => Object.keys(version).every((name) => isCallback(ownValue(prototype, name))));
    for (const name in tells) {
      const told = { mark, tell: tells[name] };
      covered.push(cover(prototype, name, told));
      // Whoever covered a callback of this very first request before us did so with the uncovered one beneath.
      cover(request, name, told);
    }
    known.set(prototype, tells !== undefined);
    dispatches.lookAround();
    return tells !== undefined;
  }

  function onCreate(message: unknown): void {
    try {
      const request = requestOf(message);
      if (!request) return;
      const prototype: unknown = Object.getPrototypeOf(request);
      const head = readUndiciRequest(request);
      if (!head || !isBag(prototype)) return;
      if (!(known.get(prototype) ?? coverClass(request, prototype))) return onUnknown();
      const context = dispatches.contextOfCreated();
      const watcher = deps.watch(head, context);
      if (watcher) request[mark] = watcher;
      else if (deps.baggageFor) addBaggage(request, deps.baggageFor(head, context));
    } catch {
      deps.diagnostics.count('undici_tap');
    }
  }

  subscribe(CHANNEL, onCreate);
  return {
    stop() {
      unsubscribe(CHANNEL, onCreate);
      for (const uncover of covered) uncover();
      dispatches.stop();
    },
  };
}

/** A second line of the same name; undici joins what is there in its own way. */
function addBaggage(request: UndiciRequest, member: string | undefined): void {
  if (member !== undefined && isCallback(request['addHeader'])) Reflect.apply(request['addHeader'], request, ['baggage', member]);
}

/** Another program may publish anything on undici's channel. */
function requestOf(message: unknown): UndiciRequest | undefined {
  if (typeof message !== 'object' || message === null || !('request' in message)) return undefined;
  return isBag(message.request) ? message.request : undefined;
}

function isBag(value: unknown): value is UndiciRequest {
  return typeof value === 'object' && value !== null;
}

function isCallback(value: unknown): value is Callback {
  return typeof value === 'function';
}

function ownValue(target: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(target, name)?.value;
}

/** The callback tells us first and then does what it did; nothing of ours stands between undici and its handler. */
function cover(target: object, name: string, { mark, tell }: Told): () => void {
  const original = ownValue(target, name);
  if (!isCallback(original) || !tell) return () => undefined;
  const value: Callback = function covered(this: UndiciRequest, ...values) {
    const watcher = this[mark];
    if (isWatcher(watcher)) tell(watcher, values[0], values[1]);
    return Reflect.apply(original, this, values);
  };
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
  return () => {
    if (ownValue(target, name) !== value) return;
    Object.defineProperty(target, name, { value: original, writable: true, configurable: true, enumerable: false });
  };
}

function isWatcher(value: unknown): value is ExchangeWatcher {
  return value !== undefined;
}
