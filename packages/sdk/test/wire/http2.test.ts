import { once } from 'node:events';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { H2CClient } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { watchWire } from './support/watch-wire.ts';

test('requests that share one HTTP/2 connection are seen each by itself', async () => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => response.end(`pong ${Buffer.concat(chunks).toString()}`));
  });
  let connections = 0;
  server.on('session', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Safe because a server that listens on TCP has an address and a port.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new H2CClient(origin);
  onTestFinished(async () => {
    await client.destroy();
    server.close();
  });
  const wire = watchWire();
  const headers = { 'content-type': 'application/json', 'X-Custom': 'one' };
  const ask = async (body: string): Promise<string> => {
    const answer = await client.request({ method: 'POST', path: `/v1/${body}?query=1`, headers, body });
    return answer.body.text();
  };
  expect(await Promise.all(['a', 'b', 'c'].map(ask))).toEqual(['pong a', 'pong b', 'pong c']);
  expect(connections).toBe(1);
  expect(wire.exchanges.map(({ request }) => request.path)).toEqual(['/v1/a', '/v1/b', '/v1/c']);
  for (const exchange of wire.exchanges) {
    expect(await exchange.ended).toEqual({ how: 'complete' });
    expect(exchange.received().toString()).toBe(`pong ${exchange.sent().toString()}`);
    expect(exchange.request.header('x-custom')).toBe('one');
    expect(exchange.status()).toBe(200);
  }
});
