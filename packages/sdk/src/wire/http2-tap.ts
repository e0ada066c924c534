import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { syncBuiltinESMExports } from 'node:module';
import { loadBuiltin } from '../load-builtin.ts';
import { coverMethod } from './cover-method.ts';
import { endOfFailure } from './end-of-failure.ts';
import type { ExchangeWatcher, HeaderReader, Tap, WireDeps } from './exchange.ts';
import { readTarget } from './read-target.ts';

/** Told since Node 22.17 and 24.2, without loading `node:http2` for those who do not use it. */
const CHANNEL = 'http2.client.stream.created';
const HAS_CHANNEL = /^v(?:22\.(?:1[7-9]|[2-9]\d)|24\.(?:[2-9]|\d\d)|2[5-9]|[3-9]\d)\b/;
/** HTTP/2's code of a request that its client gave up. */
const CANCEL = 8;
/** What undici calls its count on a session: its requests are seen by their own tap. */
const OF_UNDICI = 'open streams';

type Members = Readonly<Record<string, unknown>>;

/** Watches what goes through `node:http2`: AWS's clients and their kind. */
export function installHttp2Tap<Context>(deps: WireDeps<Context>, hasChannel: boolean = HAS_CHANNEL.test(process.version)): Tap {
  function onCreated(message: unknown): void {
    try {
      if (!isMembers(message) || !isMembers(message['stream']) || !isMembers(message['headers'])) return;
      const { stream, headers } = message;
      if (isMembers(stream['session']) && isOfUndici(stream['session'])) return;
      const header = headerOf(headers);
      const target = readTarget(header(':path') ?? '/', `${header(':scheme')}://${header(':authority')}`);
      const request = { method: header(':method') ?? 'GET', ...target, header };
      const watcher = deps.watch(request, deps.currentContext());
      if (watcher) observeStream(stream, watcher);
    } catch {
      deps.diagnostics.count('http2_tap');
    }
  }

  if (hasChannel) {
    subscribe(CHANNEL, onCreated);
    return { stop: () => unsubscribe(CHANNEL, onCreated) };
  }
  return coverConnect(onCreated);
}

/** Where Node tells of no stream, each session made from now on is asked. */
function coverConnect(onCreated: (message: object) => void): Tap {
  let isOn = true;
  const uncover = coverMethod(loadBuiltin('node:http2'), 'connect', (connect) => {
    const session = connect();
    if (!isOn || !isMembers(session)) return session;
    coverMethod(session, 'request', (ask) => {
      const stream = ask();
      const headers = isMembers(stream) ? stream['sentHeaders'] : undefined;
      if (isOn) onCreated({ stream, headers });
      return stream;
    });
    return session;
  });
  syncBuiltinESMExports();
  return {
    stop() {
      isOn = false;
      uncover();
      syncBuiltinESMExports();
    },
  };
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}

function isOfUndici(session: object): boolean {
  return Object.getOwnPropertySymbols(session).some((symbol) => symbol.description === OF_UNDICI);
}

function headerOf(headers: Members): HeaderReader {
  return (name) => {
    const value = headers[name];
    const first: unknown = Array.isArray(value) ? value[0] : value;
    return typeof first === 'string' ? first : undefined;
  };
}

/** Listeners of ours would make the stream flow, so its own methods are covered. */
function observeStream(stream: object, watcher: ExchangeWatcher): void {
  let early: Uint8Array[] | undefined = [];
  let failure: unknown;

  function tell(name: string, told: (first: unknown, second: unknown) => void): void {
    coverMethod(stream, name, (run, values) => {
      told(values[0], values[1]);
      return run();
    });
  }

  function onSent(chunk: unknown): void {
    if (chunk instanceof Uint8Array) watcher.sent(chunk);
    else if (typeof chunk === 'string') watcher.sent(Buffer.from(chunk));
  }

  function onReceived(chunk: unknown): void {
    if (chunk === null) {
      const { rstCode, destroyed } = stateOf(stream);
      // Also a stream that is torn down ends so; only the other side's end comes to one that is whole.
      if (rstCode === CANCEL) watcher.ended({ how: 'cancelled' });
      else if (!rstCode && !destroyed) watcher.ended({ how: 'complete' });
    } else if (chunk instanceof Uint8Array) {
      if (early) early.push(chunk);
      else watcher.received(chunk);
    }
  }

  function onEmit(event: unknown, value: unknown): void {
    if (event === 'error') failure = isMembers(value) ? (value['cause'] ?? value) : value;
    else if (event === 'close') watcher.ended(endOfFailure(failure));
    else if (event === 'response' && isMembers(value)) {
      watcher.answered(Number(value[':status']), headerOf(value));
      // Data may come before the head is told of, in the same turn.
      for (const chunk of early ?? []) watcher.received(chunk);
      early = undefined;
    }
  }

  tell('write', onSent);
  tell('end', onSent);
  tell('push', onReceived);
  tell('emit', onEmit);
}

function stateOf(stream: object): { readonly rstCode?: unknown; readonly destroyed?: unknown } {
  return stream;
}
