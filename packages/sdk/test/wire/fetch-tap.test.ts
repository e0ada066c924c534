import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type ExchangeEnd, installFetchTaps, type Tap } from '../../src/wire/index.ts';

import { startEcho } from './support/start-echo.ts';

type Seen = { sent: string; received: string; end: ExchangeEnd | undefined; count: number; readonly stop: () => void };

/** Watches fetch and nothing else. */
function watchFetch(): Seen {
  let tap: Tap | undefined;
  const seen: Seen = { sent: '', received: '', end: undefined, count: 0, stop: () => tap?.stop() };
  tap = installFetchTaps({
    currentContext: () => undefined,
    diagnostics: { warnOnce: () => undefined, count: () => undefined },
    watch() {
      seen.count += 1;
      return {
        sent: (chunk) => (seen.sent += Buffer.from(chunk).toString()),
        answered: () => undefined,
        received: (chunk) => (seen.received += Buffer.from(chunk).toString()),
        ended: (end) => (seen.end ??= end),
      };
    },
  });
  onTestFinished(() => tap?.stop());
  return seen;
}

const READS: readonly (readonly [string, (answer: Response) => Promise<unknown>])[] = [
  ['text', (answer) => answer.text()],
  ['json', (answer) => answer.json()],
  ['bytes', (answer) => answer.arrayBuffer()],
  [
    'a reader',
    async (answer) => {
      const reader = answer.body?.getReader();
      while (!(await reader?.read())?.done);
    },
  ],
  [
    'iteration',
    async (answer) => {
      for await (const chunk of answer.body ?? []) expect(chunk.length).toBeGreaterThan(0);
    },
  ],
  ['a pipe', (answer) => new Response(answer.body?.pipeThrough(new TransformStream())).text()],
  [
    'a pipe to its end',
    async (answer) => {
      let text = '';
      await answer.body?.pipeTo(new WritableStream({ write: (chunk: Uint8Array) => void (text += Buffer.from(chunk).toString()) }));
      expect(text).toBe('{"pong":true}');
    },
  ],
  ['another response', (answer) => new Response(answer.body).text()],
  ['a copy', (answer) => answer.clone().json()],
  [
    'a copy and the original',
    async (answer) => {
      const copy = answer.clone();
      await Promise.all([copy.text(), answer.text()]);
    },
  ],
];

describe('an answer is seen once where it is read', () => {
  test.each(READS)('by %s', async (_name, read) => {
    const echo = await startEcho((_request, response) => void response.end('{"pong":true}'));
    const seen = watchFetch();
    await read(await fetch(echo.url, { method: 'POST', body: 'ping' }));
    expect(seen).toMatchObject({ sent: 'ping', received: '{"pong":true}', end: { how: 'complete' }, count: 1 });
  });
});

test('an answer that is walked away from is cancelled', async () => {
  const echo = await startEcho((_request, response) => void response.write('never ends'));
  const seen = watchFetch();
  const answer = await fetch(echo.url);
  for await (const _chunk of answer.body ?? []) break;
  expect(seen.end).toEqual({ how: 'cancelled' });
});

test('what fetch rejects with is the app’s own, and ends the exchange', async () => {
  const seen = watchFetch();
  await expect(fetch('http://127.0.0.1:1')).rejects.toThrow('fetch failed');
  expect(seen.end).toMatchObject({ how: 'failed' });
});

test('a rejection the app does not handle stays unhandled', async () => {
  const unhandled: unknown[] = [];
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (reason) => unhandled.push(reason));
  onTestFinished(() => {
    process.removeAllListeners('unhandledRejection');
    for (const listener of others) process.on('unhandledRejection', listener);
  });
  const seen = watchFetch();
  void fetch('http://127.0.0.1:1');
  await vi.waitFor(() => expect(unhandled).toHaveLength(1));
  expect(unhandled[0]).toBeInstanceOf(TypeError);
  expect(seen.end).toMatchObject({ how: 'failed' });
});

test('the app gets the very response that fetch made, with nothing to be seen on it', async () => {
  const echo = await startEcho();
  const made: unknown[] = [];
  const original = globalThis.fetch;
  globalThis.fetch = async (...values) => {
    const answer = await original(...values);
    made.push(answer);
    return answer;
  };
  onTestFinished(() => {
    globalThis.fetch = original;
  });
  watchFetch();
  const answer = await fetch(echo.url);
  expect(answer).toBe(made[0]);
  expect(Object.keys(answer)).toEqual([]);
  expect(await answer.text()).toBe('pong');
});

test('what is no JSON fails with the words it would have had', async () => {
  const echo = await startEcho((_request, response) => void response.end('<html>'));
  const words = await (await fetch(echo.url)).json().catch((error: unknown) => error);
  const seen = watchFetch();
  const answer = await fetch(echo.url);
  await expect(answer.json()).rejects.toThrow(words instanceof Error ? words.message : 'a SyntaxError');
  expect(seen).toMatchObject({ received: '<html>', end: { how: 'complete' } });
  await expect(answer.json()).rejects.toThrow(TypeError);
});

test('bytes that the app writes over stay as they came', async () => {
  const echo = await startEcho((_request, response) => void response.end('as it came'));
  const seen = watchFetch();
  const bytes = await (await fetch(echo.url)).arrayBuffer();
  new Uint8Array(bytes).fill(0);
  expect(seen.received).toBe('as it came');
});

test.each([
  ['a refusal', 429, '{"error":{}}', {}],
  ['an empty answer', 201, '', { 'content-length': '0' }],
  ['no content', 204, undefined, {}],
])('%s is at its end though nobody reads it', async (_name, status, body, headers) => {
  const echo = await startEcho((_request, response) => void response.writeHead(status, headers).end(body));
  const seen = watchFetch();
  await fetch(echo.url);
  expect(seen.end).toEqual({ how: 'complete' });
});

test('an answer that nobody can read any more is cancelled', async () => {
  const echo = await startEcho();
  const seen = watchFetch();
  await fetch(echo.url);
  setFlagsFromString('--expose-gc');
  await vi.waitFor(() => {
    runInNewContext('gc()');
    expect(seen.end).toEqual({ how: 'cancelled' });
  });
});

test('a form is known by its fields', async () => {
  const echo = await startEcho();
  const seen = watchFetch();
  const body = new FormData();
  body.set('model', 'whisper-1');
  body.set('file', new Blob(['sound']), 'speech.wav');
  await (await fetch(echo.url, { method: 'POST', body })).text();
  expect(seen.sent).toContain('name="model"\r\n\r\nwhisper-1\r\n--');
  expect(seen.sent).toContain('name="file"');
  expect(echo.arrived[0]?.body.toString()).toContain('sound');
});

test('clients that keep the watched fetch are seen again after a new start', async () => {
  const echo = await startEcho();
  const before = watchFetch();
  const kept = globalThis.fetch;
  await (await kept(echo.url)).text();
  before.stop();
  await (await kept(echo.url)).text();
  const after = watchFetch();
  await (await kept(echo.url)).text();
  expect([before.count, after.count]).toEqual([1, 1]);
});
