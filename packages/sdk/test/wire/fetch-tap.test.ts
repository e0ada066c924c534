import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type ExchangeEnd, installFetchTaps } from '../../src/wire/index.ts';

import { startEcho } from './support/start-echo.ts';

type Seen = { sent: string; received: string; end: ExchangeEnd | undefined; count: number };

/** Watches fetch and nothing else. */
function watchFetch(): Seen {
  const seen: Seen = { sent: '', received: '', end: undefined, count: 0 };
  const tap = installFetchTaps({
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
  onTestFinished(() => tap.stop());
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
    expect(seen).toEqual({ sent: 'ping', received: '{"pong":true}', end: { how: 'complete' }, count: 1 });
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
