import { MAX_BATCH_BYTES } from '@llmobserve/protocol';
import { makeEvent } from '@llmobserve/testkit';
import { createConnection } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { jsonBody, newWorkspace } from './new-workspace.ts';
import { useApp } from './start-app.ts';

const app = useApp();

function post(body: Uint8Array<ArrayBuffer> | string, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } };
}

describe('works', () => {
  test('gzip is read, and what was accepted is visible at once', async () => {
    const workspace = await newWorkspace(app());
    const body = new Uint8Array(gzipSync(JSON.stringify({ events: [makeEvent(), makeEvent()] })));
    const response = await workspace.fetch('/v1/events', post(body, { 'content-encoding': 'gzip' }));
    expect([response.status, await response.json()]).toEqual([200, { accepted: 2, duplicates: 0, rejected: [] }]);
    expect(await workspace.get('/v1/costs')).toMatchObject({ total: { calls: 2 } });
  });

  test('a charset and another case of the media type are fine', async () => {
    const workspace = await newWorkspace(app());
    const response = await workspace.fetch('/v1/events', post('{"events":[]}', { 'content-type': 'Application/JSON; charset=utf-8' }));
    expect(response.status).toBe(200);
  });

  test('a bad event costs no neighbour; a batch of bad ones is 422 with the same body', async () => {
    const workspace = await newWorkspace(app());
    const mixed = await workspace.send(makeEvent(), makeEvent({ usage: { input: -1 } }));
    expect([mixed.status, await mixed.json()]).toMatchObject([200, { accepted: 1, rejected: [{ index: 1, code: 'invalid_number' }] }]);
    const bad = await workspace.send(makeEvent({ usage: { input: -1 } }));
    expect([bad.status, await bad.json()]).toMatchObject([422, { accepted: 0, duplicates: 0, rejected: [{ index: 0 }] }]);
  });

  test('the key gives the environment unless the event names one', async () => {
    const workspace = await newWorkspace(app(), { environment: 'staging' });
    await workspace.send(makeEvent(), makeEvent({ environment: 'production' }));
    const report = await workspace.get<{ groups: { key: object }[] }>('/v1/costs?groupBy=environment');
    expect(report.groups.map(({ key }) => key)).toEqual([{ environment: 'production' }, { environment: 'staging' }]);
  });
});

describe('refuses', () => {
  test.each([
    ['no media type', {}, 415, 'unsupported_media_type'],
    ['another media type', { 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
    ['a look-alike', { 'content-type': 'application/json-seq' }, 415, 'unsupported_media_type'],
    ['another encoding', { 'content-type': 'application/json', 'content-encoding': 'br' }, 415, 'unsupported_media_type'],
    ['gzip that is none', { 'content-type': 'application/json', 'content-encoding': 'gzip' }, 400, 'invalid_body'],
  ])('%s', async (_name, headers, status, code) => {
    const workspace = await newWorkspace(app());
    const body = new TextEncoder().encode('{"events":[]}');
    expect(await workspace.problem('/v1/events', { method: 'POST', body, headers })).toMatchObject({ status, code });
  });

  test.each([
    ['{"events":', 400, 'invalid_json'],
    ['', 400, 'invalid_json'],
    ['[]', 400, 'invalid_body'],
    ['null', 400, 'invalid_body'],
    ['{"events":{}}', 400, 'invalid_body'],
    ['{}', 400, 'invalid_body'],
  ])('the body %s', async (body, status, code) => {
    const workspace = await newWorkspace(app());
    expect(await workspace.problem('/v1/events', post(body))).toMatchObject({ status, code });
  });

  test('more than 1000 events, with the limits', async () => {
    const workspace = await newWorkspace(app());
    const events = Array.from({ length: 1001 }, () => 0);
    const problem = await workspace.problem('/v1/events', jsonBody({ events }));
    expect(problem).toMatchObject({ status: 413, code: 'too_many_events', limits: { maxEvents: 1000, maxBytes: MAX_BATCH_BYTES } });
  });

  test('a body of more than 5 MB, before it is sent', async () => {
    const workspace = await newWorkspace(app());
    const answer = await sendHead(`Content-Length: ${MAX_BATCH_BYTES + 1}`, workspace.key);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('"code":"body_too_large"');
    expect(answer).toContain('"limits":');
  });

  test('a body without a length, at the byte that is too much', async () => {
    const workspace = await newWorkspace(app());
    let sentBytes = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        sentBytes += 100_000;
        controller.enqueue(new Uint8Array(100_000).fill(32));
      },
    });
    const init = { ...post(''), body: endless, duplex: 'half' } as RequestInit;
    expect(await workspace.problem('/v1/events', init)).toMatchObject({ status: 413, code: 'body_too_large' });
    expect(sentBytes).toBeLessThan(4 * MAX_BATCH_BYTES);
  });

  test('a gzip bomb, without holding what is inside', async () => {
    const workspace = await newWorkspace(app());
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(200_000_000, 32), { level: 9 }));
    const heldBytes = (): number => process.memoryUsage().arrayBuffers + process.memoryUsage().external;
    const before = heldBytes();
    let mostHeldBytes = 0;
    const watch = setInterval(() => (mostHeldBytes = Math.max(mostHeldBytes, heldBytes())), 1);
    const problem = await workspace.problem('/v1/events', post(bomb, { 'content-encoding': 'gzip' }));
    clearInterval(watch);
    expect(problem).toMatchObject({ status: 413, code: 'body_too_large' });
    expect(mostHeldBytes - before).toBeLessThan(100_000_000);
  });

  test('a body that breaks off leaves the next request alone', async () => {
    const workspace = await newWorkspace(app());
    const socket = createConnection(Number(new URL(app().url).port), '127.0.0.1');
    socket.write(`${head('Content-Length: 1000', workspace.key)}{"events":[`);
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.destroy();
    expect((await workspace.send(makeEvent())).status).toBe(200);
  });
});

function head(line: string, key: string): string {
  const lines = ['POST /v1/events HTTP/1.1', 'Host: x', `Authorization: Bearer ${key}`, 'Content-Type: application/json', line];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** Sends only the head of a request and reads what comes back. */
function sendHead(line: string, key: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = createConnection(Number(new URL(app().url).port), '127.0.0.1', () => socket.write(head(line, key)));
  socket.setTimeout(5_000, () => reject(new Error('no answer')));
  socket.once('data', (answer: Buffer) => {
    resolve(answer.toString('utf8'));
    socket.destroy();
  });
  socket.once('error', reject);
  return promise;
}
