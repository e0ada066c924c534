import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Readable } from 'node:stream';
import { Agent, fetch as undiciFetch, FormData as UndiciFormData, request as undiciRequest } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startEcho } from './support/start-echo.ts';
import { watchWire } from './support/watch-wire.ts';

const TEXT = 'a body with an umlaut: ü';

async function* pieces(): AsyncGenerator<Buffer> {
  yield Buffer.from('first piece, ');
  yield Buffer.from('second piece');
}

function webStream(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('from a '));
      controller.enqueue(new TextEncoder().encode('stream'));
      controller.close();
    },
  });
}

function form<Form extends { append(name: string, value: string | Blob, file?: string): void }>(empty: Form): Form {
  empty.append('model', 'whisper-1');
  empty.append('file', new Blob(['0123456789']), 'speech.mp3');
  return empty;
}

type Send = (url: string) => Promise<string>;

const viaFetch = async (url: string, body: unknown): Promise<string> => {
  // Safe because each of these is a body that fetch takes.
  const answer = await fetch(url, { method: 'POST', body: body as string, duplex: 'half' });
  return answer.text();
};
const viaUndici = async (url: string, body: unknown): Promise<string> => {
  // Safe for the same reason.
  const answer = await undiciRequest(url, { method: 'POST', body: body as string });
  return answer.body.text();
};

const BODIES: readonly (readonly [string, Send])[] = [
  ['fetch with a text', (url) => viaFetch(url, TEXT)],
  ['fetch with bytes', (url) => viaFetch(url, Buffer.from(TEXT))],
  ['fetch with a stream', (url) => viaFetch(url, webStream())],
  ['fetch with a form', (url) => viaFetch(url, form(new FormData()))],
  ['fetch with a blob', (url) => viaFetch(url, new Blob([TEXT]))],
  ['fetch with parameters', (url) => viaFetch(url, new URLSearchParams({ model: 'gpt-4o' }))],
  ["npm's fetch with a text", async (url) => (await undiciFetch(url, { method: 'POST', body: TEXT })).text()],
  ["npm's fetch with a form", async (url) => (await undiciFetch(url, { method: 'POST', body: form(new UndiciFormData()) })).text()],
  ['undici.request with a text', (url) => viaUndici(url, TEXT)],
  ['undici.request with bytes', (url) => viaUndici(url, Buffer.from(TEXT))],
  ['undici.request with a stream', (url) => viaUndici(url, Readable.from(pieces()))],
  ['undici.request with an iterable', (url) => viaUndici(url, pieces())],
];

describe('a request is seen as it goes, and goes as it is', () => {
  test.each(BODIES)('%s', async (_name, send) => {
    const echo = await startEcho();
    const wire = watchWire();
    expect(await send(`${echo.url}/some/path?with=query`)).toBe('pong');
    const [exchange] = wire.exchanges;
    expect(exchange?.request).toMatchObject({ method: 'POST', host: new URL(echo.url).host, path: '/some/path' });
    expect(await exchange?.ended).toEqual({ how: 'complete' });
    expect(exchange?.sent()).toEqual(echo.arrived[0]?.body);
    expect(exchange?.sent().length).toBeGreaterThan(0);
    expect(exchange?.received().toString()).toBe('pong');
    expect(exchange?.status()).toBe(200);
    expect(wire.exchanges).toHaveLength(1);
    expect(wire.warnings).toEqual([]);
  });
});

test('headers are found by lower-case name, in a request and in an answer', async () => {
  const echo = await startEcho();
  const wire = watchWire();
  await fetch(echo.url, { headers: { 'X-Custom': 'one' } }).then((answer) => answer.text());
  expect(wire.exchanges[0]?.request.header('x-custom')).toBe('one');
  expect(wire.exchanges[0]?.request.header('x-absent')).toBeUndefined();
});

test('what the app aborts is cancelled', async () => {
  const echo = await startEcho((_request, response) => void response.write('never ends'));
  const wire = watchWire();
  const abort = new AbortController();
  const answer = await fetch(echo.url, { signal: abort.signal });
  abort.abort();
  await expect(answer.text()).rejects.toThrow();
  expect(await wire.exchanges[0]?.ended).toEqual({ how: 'cancelled' });
});

test('a connection that dies is a failure with its code', async () => {
  const echo = await startEcho((_request, response) => {
    response.write('begins');
    response.socket?.destroy();
  });
  const wire = watchWire();
  await expect(fetch(echo.url).then((answer) => answer.text())).rejects.toThrow();
  expect(await wire.exchanges[0]?.ended).toMatchObject({
    how: 'failed',
    wasSent: true,
    code: expect.stringMatching(/^(UND_ERR_SOCKET|ECONNRESET)$/),
  });
});

test('a timeout of the app is told apart from its abort', async () => {
  const echo = await startEcho((_request, response) => void response.write('never ends'));
  const wire = watchWire();
  await expect(fetch(echo.url, { signal: AbortSignal.timeout(20) }).then((answer) => answer.text())).rejects.toThrow();
  expect(await wire.exchanges[0]?.ended).toEqual({ how: 'failed', code: 'timeout', wasSent: true });
});

test("requests through an agent of npm's own are seen too", async () => {
  const echo = await startEcho();
  const wire = watchWire();
  const dispatcher = new Agent();
  onTestFinished(() => dispatcher.close());
  await undiciFetch(echo.url, { dispatcher }).then((answer) => answer.text());
  expect(await wire.exchanges[0]?.ended).toEqual({ how: 'complete' });
});

test('another tool that covers the callbacks of each request is left its own, and the app its answers', async () => {
  const echo = await startEcho();
  const toldTool: string[] = [];
  const coverEach = (message: unknown): void => {
    // Safe because undici alone publishes here, and its requests are bags of callbacks.
    const { request } = message as { readonly request: Record<string, unknown> };
    for (const name of ['onHeaders', 'onData', 'onComplete', 'onResponseStart', 'onResponseData', 'onResponseEnd']) {
      const original = request[name];
      if (typeof original !== 'function') continue;
      request[name] = (...values: readonly unknown[]) => {
        toldTool.push(name);
        return Reflect.apply(original, request, values);
      };
    }
  };
  subscribe('undici:request:create', coverEach);
  onTestFinished(() => void unsubscribe('undici:request:create', coverEach));
  const wire = watchWire();
  const answers = await Promise.all(['/1', '/2', '/3'].map((path) => fetch(`${echo.url}${path}`).then((answer) => answer.text())));
  answers.push(await (await undiciRequest(echo.url)).body.text());
  expect(answers).toEqual(['pong', 'pong', 'pong', 'pong']);
  expect(wire.exchanges.map((exchange) => exchange.received().toString())).toEqual(answers);
  expect(toldTool.filter((name) => name.endsWith('Data'))).toHaveLength(4);
});

test('what others publish on the same channel is none of ours', () => {
  const before = globalThis.fetch;
  const wire = watchWire();
  for (const message of [null, 'text', {}, { request: null }, { request: { path: 7 } }]) channel('undici:request:create').publish(message);
  expect([wire.exchanges, wire.warnings, globalThis.fetch]).toEqual([[], [], before]);
});

test('an undici whose names are unknown is said once, and fetch itself is watched instead', async () => {
  const echo = await startEcho();
  const before = globalThis.fetch;
  const wire = watchWire(({ path }) => path !== '/unknown');
  for (let i = 0; i < 2; i += 1) {
    channel('undici:request:create').publish({
      request: { origin: echo.url, path: '/other', method: 'GET', headers: [], onSomethingNew: () => undefined },
    });
  }
  expect(globalThis.fetch).not.toBe(before);
  await fetch(`${echo.url}/after`, { method: 'POST', body: TEXT }).then((answer) => answer.text());
  const seen = wire.exchanges.filter(({ request }) => request.path === '/after');
  expect(seen).toHaveLength(1);
  expect(await seen[0]?.ended).toEqual({ how: 'complete' });
  expect(seen[0]?.received().toString()).toBe('pong');
  expect(wire.warnings[0]).toMatch(/cannot be observed/);
  wire.stop();
  expect(globalThis.fetch).toBe(before);
});

test('what starts anew beneath a tool that covers the class itself is told of each chunk once', async () => {
  const echo = await startEcho();
  const first = watchWire();
  let prototype: { onData?: unknown; onResponseData?: unknown } = {};
  const look = (message: unknown): void => {
    // Safe because undici publishes its request on this channel.
    prototype = Object.getPrototypeOf((message as { readonly request: object }).request) as typeof prototype;
  };
  subscribe('undici:request:create', look);
  await fetch(echo.url).then((answer) => answer.text());
  unsubscribe('undici:request:create', look);
  const name = 'onData' in prototype ? 'onData' : 'onResponseData';
  const covered = prototype[name];
  const another = function another(this: unknown, ...values: readonly unknown[]): unknown {
    return typeof covered === 'function' ? Reflect.apply(covered, this, values) : undefined;
  };
  prototype[name] = another;
  onTestFinished(() => void (prototype[name] = covered));
  first.stop();
  const second = watchWire();
  await fetch(echo.url).then((answer) => answer.text());
  expect(second.exchanges.map((exchange) => exchange.received().toString())).toEqual(['pong']);
});

test('after stopping nothing is seen any more', async () => {
  const echo = await startEcho();
  const wire = watchWire();
  wire.stop();
  await fetch(echo.url).then((answer) => answer.text());
  expect(wire.exchanges).toEqual([]);
});
