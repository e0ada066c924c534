import { once } from 'node:events';
import http, { get as namedGet, request as namedRequest, type IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { installHttpTap } from '../../src/wire/http-tap.ts';
import { startEcho } from './support/start-echo.ts';
import { type WatchedWire, watchWire } from './support/watch-wire.ts';

type MakeRequest = typeof http.request;

async function ask(request: http.ClientRequest): Promise<string> {
  // Safe because a 'response' event carries one incoming message.
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return text(response);
}

describe.each([
  ['told of by Node', true],
  ['watched at the doors of older Nodes', false],
])('%s', (_way, hasChannel) => {
  const watchHttp = (): WatchedWire =>
    watchWire(
      () => true,
      (deps) => installHttpTap(deps, hasChannel),
    );

  test.each<readonly [string, () => MakeRequest]>([
    ['a default import', () => http.request],
    ['a named import', () => namedRequest],
    // Safe because this is what require gives for node:http.
    ['require', () => (createRequire(import.meta.url)('node:http') as typeof http).request],
  ])('a request of %s is seen once, with both bodies', async (_name, request) => {
    const echo = await startEcho();
    const wire = watchHttp();
    const made = request()(`${echo.url}/path?query=1`, { method: 'POST', headers: { 'X-Custom': 'one' } });
    made.write('first, ');
    made.end(Buffer.from('last'));
    expect(await ask(made)).toBe('pong');
    const [exchange] = wire.exchanges;
    expect(await exchange?.ended).toEqual({ how: 'complete' });
    expect(exchange?.request).toMatchObject({ method: 'POST', host: new URL(echo.url).host, path: '/path' });
    expect(exchange?.request.header('x-custom')).toBe('one');
    expect(exchange?.sent().toString()).toBe('first, last');
    expect(echo.arrived[0]?.body.toString()).toBe('first, last');
    expect(exchange?.received().toString()).toBe('pong');
    expect(wire.exchanges).toHaveLength(1);
  });

  test('headers given as a list are read, and the port with them', async () => {
    const echo = await startEcho();
    const wire = watchHttp();
    const { host, hostname, port } = new URL(echo.url);
    const headers = ['Host', host, 'X-Custom', 'one: two', 'Content-Length', '4'];
    const made = http.request({ hostname, port, path: '/path', method: 'POST', headers });
    made.end('ping');
    expect(await ask(made)).toBe('pong');
    expect(wire.exchanges[0]?.request).toMatchObject({ host, path: '/path' });
    expect(wire.exchanges[0]?.request.header('x-custom')).toBe('one: two');
    expect(echo.arrived[0]?.rawHeaders.slice(0, 6)).toEqual(headers);
  });

  test('an answer of 100 or 103 is not the answer', async () => {
    const echo = await startEcho((_request, response) =>
      response.writeEarlyHints({ link: '</a>; rel=preload' }, () => response.end('pong')),
    );
    const wire = watchHttp();
    const made = http.request(echo.url, { method: 'POST', headers: { expect: '100-continue', 'content-length': 4 } });
    made.on('continue', () => made.end('ping'));
    made.flushHeaders();
    expect(await ask(made)).toBe('pong');
    expect(wire.exchanges.map((exchange) => [exchange.status(), exchange.sent().toString()])).toEqual([[200, 'ping']]);
  });

  test('once stopped it stays so, also beneath a tool that came later, and what starts anew sees each request once', async () => {
    const echo = await startEcho();
    const original = http.request;
    onTestFinished(() => void (http.request = original));
    const first = watchHttp();
    const { request } = http;
    http.request = function another(...values: Parameters<typeof request>) {
      return request(...values);
    } as typeof request; // Safe because it takes what the one beneath takes, and gives what that gives.
    first.stop();
    const second = watchHttp();
    expect(await ask(http.request(echo.url).end())).toBe('pong');
    expect([first.exchanges.length, second.exchanges.length]).toEqual([0, 1]);
  });

  test('get is seen once, though it is made of a request', async () => {
    const echo = await startEcho();
    const wire = watchHttp();
    expect(await ask(namedGet(echo.url))).toBe('pong');
    expect(await wire.exchanges[0]?.ended).toEqual({ how: 'complete' });
    expect(wire.exchanges).toHaveLength(1);
  });

  test('a body that is piped in is seen whole', async () => {
    const echo = await startEcho();
    const wire = watchHttp();
    const made = http.request(echo.url, { method: 'POST' });
    const answered = ask(made);
    await pipeline(Readable.from([Buffer.from('one '), Buffer.from('two')]), made);
    expect(await answered).toBe('pong');
    expect(wire.exchanges[0]?.sent().toString()).toBe('one two');
  });

  test('an answer nobody listens for flows away, as without us', async () => {
    const echo = await startEcho();
    const wire = watchHttp();
    const made = http.request(echo.url);
    made.end();
    await once(made, 'close');
    expect(await wire.exchanges[0]?.ended).toEqual({ how: 'complete' });
    expect(made.listenerCount('response')).toBe(0);
    expect(made.listenerCount('error')).toBe(0);
  });

  test('an answer that is not read does not flow', async () => {
    const echo = await startEcho((_request, response) => void response.end('x'.repeat(1_000_000)));
    const wire = watchHttp();
    const made = http.request(echo.url).end();
    // Safe because a 'response' event carries one incoming message.
    const [response] = (await once(made, 'response')) as [IncomingMessage];
    expect(response.readableFlowing).toBeNull();
    expect(response.listenerCount('data')).toBe(0);
    expect((await text(response)).length).toBe(1_000_000);
    expect(wire.exchanges[0]?.received().length).toBe(1_000_000);
  });

  test.each<readonly [string, (request: http.ClientRequest, response: IncomingMessage) => unknown]>([
    ['request.destroy', (request) => request.destroy()],
    ['response.destroy', (_request, response) => response.destroy()],
  ])('what the app leaves by %s is cancelled', async (_name, leave) => {
    const echo = await startEcho((_request, response) => void response.write('never ends'));
    const wire = watchHttp();
    const made = http.request(echo.url).end();
    made.on('error', () => undefined);
    // Safe because a 'response' event carries one incoming message.
    const [response] = (await once(made, 'response')) as [IncomingMessage];
    response.on('error', () => undefined);
    leave(made, response);
    expect(await wire.exchanges[0]?.ended).toEqual({ how: 'cancelled' });
  });

  test('a connection that dies is a failure, before an answer and within one', async () => {
    const before = await startEcho((_request, response) => void response.socket?.destroy());
    const within = await startEcho((_request, response) => {
      response.write('begins', () => response.socket?.destroy());
    });
    const wire = watchHttp();
    await expect(ask(http.request(before.url).end())).rejects.toThrow('socket hang up');
    await expect(ask(http.request(within.url).end())).rejects.toThrow('aborted');
    const ends = await Promise.all(wire.exchanges.map(({ ended }) => ended));
    const died = { how: 'failed', code: 'ECONNRESET', wasSent: true };
    expect(ends).toEqual([died, died]);
  });

  test('an error nobody listens for is still nobody else’s', async () => {
    const wire = watchHttp();
    const made = http.request('http://127.0.0.1:1');
    made.end();
    const [error] = await once(made, 'error');
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    expect(await wire.exchanges[0]?.ended).toEqual({ how: 'failed', code: 'ECONNREFUSED', wasSent: false });
  });
});

test('stopping puts the module’s functions back', () => {
  const before = http.request;
  const wire = watchWire(
    () => true,
    (deps) => installHttpTap(deps, false),
  );
  expect(http.request).not.toBe(before);
  expect([http.request.name, http.get.name, http.request.length, http.get.length]).toEqual([
    'request',
    'get',
    before.length,
    before.length,
  ]);
  wire.stop();
  expect(http.request).toBe(before);
  expect(namedRequest).toBe(before);
});

test('a get through requests of another tool, of a class of its own, is sent as without us', async () => {
  const echo = await startEcho();
  const { ClientRequest } = http;
  http.ClientRequest = class Another extends ClientRequest {};
  onTestFinished(() => void (http.ClientRequest = ClientRequest));
  watchWire(
    () => true,
    (deps) => installHttpTap(deps, false),
  );
  expect(await ask(http.get(echo.url))).toBe('pong');
});
