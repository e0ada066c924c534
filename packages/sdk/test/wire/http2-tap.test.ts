import { once } from 'node:events';
import http2, {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  createServer,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { H2CClient } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { installHttp2Tap } from '../../src/wire/http2-tap.ts';
import { watchWire } from './support/watch-wire.ts';

type Serve = (stream: ServerHttp2Stream, body: string) => void;

async function startServer(serve: Serve): Promise<string> {
  const server = createServer();
  server.on('sessionError', () => undefined);
  server.on('stream', (stream: ServerHttp2Stream) => {
    const chunks: Buffer[] = [];
    stream.on('error', () => undefined);
    stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
    stream.on('end', () => serve(stream, Buffer.concat(chunks).toString()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  // Safe because a server that listens on TCP has an address and a port.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const pong: Serve = (stream, body) => {
  stream.respond({ ':status': 200, 'content-type': 'text/plain', 'x-made': 'here' });
  stream.write('po');
  stream.end(`ng ${body}`);
};

function openSession(origin: string): ClientHttp2Session {
  const session = connect(origin);
  session.on('error', () => undefined);
  onTestFinished(() => session.destroy());
  return session;
}

function ask(session: ClientHttp2Session, body: string): ClientHttp2Stream {
  const stream = session.request({ ':method': 'POST', ':path': `/model/${body}?query=1`, 'x-custom': 'one' });
  stream.on('error', () => undefined);
  stream.write(body.slice(0, 1));
  stream.end(body.slice(1));
  return stream;
}

async function read(stream: ClientHttp2Stream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

test('requests of one session are seen each by itself, and the app sees what it would', async () => {
  const origin = await startServer(pong);
  const wire = watchWire();
  const session = openSession(origin);
  expect(await Promise.all(['ab', 'cd', 'ef'].map((body) => read(ask(session, body))))).toEqual(['pong ab', 'pong cd', 'pong ef']);
  expect(wire.exchanges.map(({ request }) => `${request.method} ${request.host}${request.path}`)).toEqual(
    ['ab', 'cd', 'ef'].map((body) => `POST ${new URL(origin).host}/model/${body}`),
  );
  for (const exchange of wire.exchanges) {
    expect(await exchange.ended).toEqual({ how: 'complete' });
    expect(exchange.received().toString()).toBe(`pong ${exchange.sent().toString()}`);
    expect(exchange.request.header('x-custom')).toBe('one');
    expect(exchange.status()).toBe(200);
  }
});

test('an answer that nobody reads does not flow because of us', async () => {
  const origin = await startServer((stream) => {
    stream.respond({ ':status': 200 });
    stream.write('pong');
  });
  const wire = watchWire();
  const stream = ask(openSession(origin), 'ab');
  await once(stream, 'response');
  expect(stream.readableFlowing).toBeNull();
  stream.close(constants.NGHTTP2_CANCEL);
  expect(await wire.exchanges[0]?.ended).toEqual({ how: 'cancelled' });
});

test('an app that walks away cancels', async () => {
  const origin = await startServer((stream) => {
    stream.respond({ ':status': 200 });
    stream.write('pong');
  });
  const wire = watchWire();
  const stream = ask(openSession(origin), 'ab');
  await once(stream, 'data');
  stream.destroy();
  expect(await wire.exchanges[0]?.ended).toEqual({ how: 'cancelled' });
  expect(wire.exchanges[0]?.received().toString()).toBe('pong');
});

test('a stream or a connection that breaks has failed', async () => {
  const origin = await startServer((stream, body) => {
    stream.respond({ ':status': 200 });
    stream.write('pong');
    if (body === 'reset') stream.destroy(new Error('on purpose'));
    else stream.session?.socket.resetAndDestroy();
  });
  const wire = watchWire();
  for (const body of ['reset', 'break']) await read(ask(openSession(origin), body)).catch(() => undefined);
  expect(await wire.exchanges[0]?.ended).toMatchObject({ how: 'failed', code: 'ERR_HTTP2_STREAM_ERROR' });
  expect(await wire.exchanges[1]?.ended).toMatchObject({ how: 'failed', code: 'ECONNRESET' });
});

test('a connection that never came to be sent nothing', async () => {
  const wire = watchWire();
  await read(ask(openSession('http://127.0.0.1:1'), 'ab')).catch(() => undefined);
  expect(await wire.exchanges[0]?.ended).toEqual({ how: 'failed', code: 'ECONNREFUSED', wasSent: false });
});

test("undici's requests over HTTP/2 are seen once", async () => {
  const origin = await startServer(pong);
  const wire = watchWire();
  const client = new H2CClient(origin);
  onTestFinished(() => client.destroy());
  const answer = await client.request({ method: 'POST', path: '/v1/x', body: 'ab' });
  expect(await answer.body.text()).toBe('pong ab');
  expect(await wire.exchanges[0]?.ended).toEqual({ how: 'complete' });
  expect(wire.exchanges).toHaveLength(1);
});

test('nothing is seen any more once it has stopped', async () => {
  const origin = await startServer(pong);
  const wire = watchWire();
  wire.stop();
  expect(await read(ask(openSession(origin), 'ab'))).toBe('pong ab');
  expect(wire.exchanges).toHaveLength(0);
});

test('where Node tells of no stream its module is covered, looks as before, and is given back', async () => {
  const origin = await startServer(pong);
  const before = { ...http2 };
  const wire = watchWire(
    () => true,
    (deps) => installHttp2Tap(deps, false),
  );
  expect(Object.keys(http2)).toEqual(Object.keys(before));
  expect(await read(ask(openSession(origin), 'ab'))).toBe('pong ab');
  expect(wire.exchanges.map((exchange) => exchange.received().toString())).toEqual(['pong ab']);
  wire.stop();
  expect(http2.connect).toBe(before.connect);
  expect(connect).toBe(before.connect);
});
