import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { endOfFailure } from './end-of-failure.ts';
import { followDispatches } from './follow-dispatches.ts';
import type { ExchangeWatcher, Tap, WireDeps } from './exchange.ts';
import { readUndiciHeaders, readUndiciRequest } from './read-undici-request.ts';

const CHANNEL = 'undici:request:create';

type Callback = (this: UndiciRequest, ...values: readonly unknown[]) => unknown;

/** undici's request object: a bag of its inner callbacks, which we cover one by one. */
type UndiciRequest = Record<PropertyKey, unknown>;

/** The names undici has given its inner callbacks: up to version 7, and from version 8. */
const NAMES = [
  { head: 'onHeaders', chunk: 'onData', end: 'onComplete', error: 'onError' },
  { head: 'onResponseStart', chunk: 'onResponseData', end: 'onResponseEnd', error: 'onResponseError' },
] as const;

type CallbackNames = (typeof NAMES)[number];

/**
 * Watches every request of every undici in the process (the built-in fetch and npm's) by observing its request objects.
 * `onUnknown` is called for a request whose callbacks have names we do not know.
 */
export function installUndiciTap<Context>(deps: WireDeps<Context>, onUnknown: () => void): Tap {
  const dispatches = followDispatches(deps.currentContext);
  const coversByClass = new WeakMap<object, Covers>();

  function coversOf(request: UndiciRequest): Covers | undefined {
    const known = coversByClass.get(request.constructor);
    if (known) return known;
    const names = NAMES.find((each) => isKnown(request, each));
    const covers = names && makeCovers(request, names);
    if (covers) coversByClass.set(request.constructor, covers);
    return covers;
  }

  function onCreate(message: unknown): void {
    try {
      const request = requestOf(message);
      const covers = request && coversOf(request);
      const head = request && readUndiciRequest(request);
      if (!request || !covers || !head) return onUnknown();
      const watcher = deps.watch(head, dispatches.contextOf(request));
      if (watcher) Object.assign(request, covers, { [WATCHER]: watcher });
    } catch {
      deps.diagnostics.count('undici_tap');
    }
  }

  subscribe(CHANNEL, onCreate);
  return {
    stop() {
      unsubscribe(CHANNEL, onCreate);
      dispatches.stop();
    },
  };
}

function requestOf(message: unknown): UndiciRequest | undefined {
  if (typeof message !== 'object' || message === null || !('request' in message)) return undefined;
  return isBag(message.request) ? message.request : undefined;
}

function isBag(value: unknown): value is UndiciRequest {
  return typeof value === 'object' && value !== null;
}

function isKnown(request: UndiciRequest, names: CallbackNames): boolean {
  return [names.head, names.chunk, names.end, names.error, 'onBodySent'].every((name) => isCallback(request[name]));
}

function isCallback(value: unknown): value is Callback {
  return typeof value === 'function';
}

/** Our versions of one request class's callbacks, made once a class so that its requests keep one shape. */
type Covers = Readonly<Record<string, Callback>>;

const WATCHER = Symbol('llmobserve.watcher');

/** Each callback tells us first and then does what it did; nothing of ours stands between undici and its handler. */
function makeCovers(request: UndiciRequest, names: CallbackNames): Covers {
  const covers: Record<string, Callback> = {};
  const cover = (name: string, tell: (watcher: ExchangeWatcher, first: unknown, second: unknown) => void): void => {
    const original = request[name];
    if (!isCallback(original)) return;
    covers[name] = function covered(this: UndiciRequest, ...values) {
      const watcher = this[WATCHER];
      if (isWatcher(watcher)) tell(watcher, values[0], values[1]);
      return Reflect.apply(original, this, values);
    };
  };
  cover('onBodySent', (watcher, chunk) => {
    if (chunk instanceof Uint8Array) watcher.sent(chunk);
    else if (typeof chunk === 'string') watcher.sent(Buffer.from(chunk));
  });
  cover(names.head, (watcher, status, headers) => {
    if (typeof status === 'number' && status >= 200) watcher.answered(status, readUndiciHeaders(headers));
  });
  cover(names.chunk, (watcher, chunk) => {
    if (chunk instanceof Uint8Array) watcher.received(chunk);
  });
  cover(names.end, (watcher) => watcher.ended({ how: 'complete' }));
  cover(names.error, (watcher, error) => watcher.ended(endOfFailure(error)));
  return covers;
}

function isWatcher(value: unknown): value is ExchangeWatcher {
  return typeof value === 'object' && value !== null;
}
