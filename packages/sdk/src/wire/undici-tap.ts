import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { followDispatches } from './follow-dispatches.ts';
import type { ExchangeEnd, ExchangeWatcher, Tap, WireDeps } from './exchange.ts';
import { wasNeverSent } from './was-never-sent.ts';
import { readUndiciHeaders, readUndiciRequest } from './read-undici-request.ts';

const CHANNEL = 'undici:request:create';

type Callback = (this: unknown, ...values: readonly unknown[]) => unknown;

/** undici's request object: a bag of its inner callbacks, which we cover one by one. */
type UndiciRequest = Record<string, unknown>;

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

  function onCreate(message: unknown): void {
    try {
      const request = requestOf(message);
      const names = request && NAMES.find((each) => isKnown(request, each));
      const head = request && readUndiciRequest(request);
      if (!request || !names || !head) return onUnknown();
      const watcher = deps.watch(head, dispatches.contextOf(request));
      if (watcher) observe(request, names, watcher);
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

/** Each callback tells us first and then does what it did; nothing of ours stands between undici and its handler. */
function observe(request: UndiciRequest, names: CallbackNames, watcher: ExchangeWatcher): void {
  cover(request, 'onBodySent', (chunk) => {
    if (chunk instanceof Uint8Array) watcher.sent(chunk);
    else if (typeof chunk === 'string') watcher.sent(Buffer.from(chunk));
  });
  cover(request, names.head, (status, headers) => {
    if (typeof status === 'number' && status >= 200) watcher.answered(status, readUndiciHeaders(headers));
  });
  cover(request, names.chunk, (chunk) => {
    if (chunk instanceof Uint8Array) watcher.received(chunk);
  });
  cover(request, names.end, () => watcher.ended({ how: 'complete' }));
  cover(request, names.error, (error) => watcher.ended(endOf(error)));
}

function cover(request: UndiciRequest, name: string, tell: (first: unknown, second: unknown) => void): void {
  const original = request[name];
  if (!isCallback(original)) return;
  request[name] = function covered(this: unknown, ...values: readonly unknown[]): unknown {
    tell(values[0], values[1]);
    return Reflect.apply(original, this, values);
  };
}

function endOf(error: unknown): ExchangeEnd {
  const code = codeOf(error);
  if (code === undefined) return { how: 'cancelled' };
  return { how: 'failed', code, wasSent: !wasNeverSent(code) };
}

/** Sockets and undici give their errors a code; whatever an app aborts with has none, or undici's own for an abort. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('name' in error && error.name === 'TimeoutError') return 'timeout';
  if (!('code' in error) || typeof error.code !== 'string') return undefined;
  return error.code === 'UND_ERR_ABORTED' || error.code === 'ABORT_ERR' ? undefined : error.code;
}
