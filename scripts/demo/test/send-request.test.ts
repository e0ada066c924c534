import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { AppRequest } from '../pick-request.ts';
import { sendRequest } from '../send-request.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const request: AppRequest = { tenantKey: 'tenant-acme', user: 'user-1', path: '/ask', body: { question: 'Why?' }, leavesEarly: false };
const forever = new AbortController().signal;

test('a request says who asks, and what', async () => {
  const seen: unknown[] = [];
  const url = await serve((incoming, response) => {
    incoming.on('data', (chunk: Buffer) => {
      seen.push(incoming.url, incoming.headers['x-api-key'], incoming.headers['x-user'], JSON.parse(chunk.toString()));
      response.end('{}');
    });
  });
  expect(await sendRequest(url, request, forever)).toBe(true);
  expect(seen).toEqual(['/ask', 'tenant-acme', 'user-1', { question: 'Why?' }]);
});

test('a refusal and a broken connection are no good answers, and no errors', async () => {
  expect(await sendRequest(await serve((_incoming, response) => response.writeHead(502).end()), request, forever)).toBe(false);
  expect(await sendRequest(await serve((incoming) => incoming.socket.destroy()), request, forever)).toBe(false);
  expect(await sendRequest('http://127.0.0.1:1', request, forever)).toBe(false);
});

test('a reader who leaves early leaves after the first words', async () => {
  let tellLeft = (): void => {};
  const left = new Promise<void>((resolve) => (tellLeft = resolve));
  const url = await serve((_incoming, response) => {
    response.write('first words');
    response.on('close', tellLeft);
  });
  expect(await sendRequest(url, { ...request, leavesEarly: true }, forever)).toBe(true);
  await left;
});

test('a request ends with the demo', async () => {
  const url = await serve(() => {});
  const controller = new AbortController();
  const sending = sendRequest(url, request, controller.signal);
  controller.abort();
  expect(await sending).toBe(false);
});
