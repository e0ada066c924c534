import { findFreePort } from '@llmobserve/testkit';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createFetchPost } from '../../src/edge/create-fetch-post.ts';
import { createTimers } from '../../src/timers.ts';
import type { HttpPost } from '../../src/transport/index.ts';
import { startScriptedCollector, type Answer, type ScriptedCollector } from '../support/scripted-collector.ts';
import { KEY } from '../support/start-test-engine.ts';

const BATCH = JSON.stringify({ seq: 1, events: [{ id: '0198f3a2-0000-7000-8000-000000000001' }] });

type Setting = { readonly collector: ScriptedCollector; readonly hand: HttpPost; readonly held: () => number };

async function startHand(answer?: Answer): Promise<Setting> {
  const collector = await startScriptedCollector(() => answer);
  onTestFinished(() => collector.close());
  let held = 0;
  const keepAlive = (): (() => void) => {
    held += 1;
    return () => (held -= 1);
  };
  const hand = createFetchPost({ userAgent: 'llmobserve/test', timers: createTimers(), host: { keepAlive } });
  return { collector, hand, held: () => held };
}

function targetOf(url: string, apiKey = KEY): Parameters<HttpPost['post']>[1] {
  return { url: new URL('/v1/events', url), apiKey };
}

test('a batch goes gzipped, with its key, and comes back with its answer', async () => {
  const { collector, hand } = await startHand();
  const reply = await hand.post(BATCH, targetOf(collector.url));
  expect(reply).toMatchObject({ kind: 'answer', status: 200, retryAfter: undefined });
  expect(JSON.parse(reply.kind === 'answer' ? reply.body : '')).toEqual({ accepted: 1, duplicates: 0, rejected: [] });
  const [batch] = collector.batches;
  expect(batch).toMatchObject({ path: '/v1/events', body: { seq: 1 } });
  expect(batch?.headers).toMatchObject({
    authorization: `Bearer ${KEY}`,
    'content-encoding': 'gzip',
    'content-type': 'application/json',
    'user-agent': 'llmobserve/test',
  });
});

test('the running request is kept alive for as long as the batch is under way', async () => {
  const { collector, hand, held } = await startHand();
  const posting = hand.post(BATCH, targetOf(collector.url));
  expect(held()).toBe(1);
  await posting;
  expect(held()).toBe(0);
});

describe('what goes wrong is a reply too', () => {
  test.each<[string, Answer, object]>([
    ['a refusal', { status: 503, headers: { 'retry-after': '7' } }, { kind: 'answer', status: 503, retryAfter: '7' }],
    ['a redirect, which is not followed', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }, { kind: 'answer', status: 302 }],
    ['a body without an end', { status: 200, body: 'x'.repeat(1_200_000) }, { kind: 'answer', status: 200, body: '' }],
    ['a connection that is cut', 'reset', { kind: 'failure', isStaleConnection: false }],
  ])('%s', async (_name, answer, reply) => {
    const { collector, hand, held } = await startHand(answer);
    expect(await hand.post(BATCH, targetOf(collector.url))).toMatchObject(reply);
    expect(held()).toBe(0);
  });

  test('a collector that cannot be reached', async () => {
    const { hand } = await startHand();
    const reply = await hand.post(BATCH, targetOf(`http://127.0.0.1:${await findFreePort()}`));
    expect(reply).toMatchObject({ kind: 'failure', isStaleConnection: false });
  });

  test('a key that could not even travel', async () => {
    const { collector, hand } = await startHand();
    expect(await hand.post(BATCH, targetOf(collector.url, 'llmo_sk_ü'))).toMatchObject({ kind: 'answer', status: 401 });
    expect(collector.batches).toEqual([]);
  });
});

test('a try that is given up ends at once', async () => {
  const { collector, hand, held } = await startHand('silent');
  const posting = hand.post(BATCH, targetOf(collector.url));
  await vi.waitFor(() => expect(collector.batches).toHaveLength(1));
  hand.abort();
  expect(await posting).toEqual({ kind: 'failure', reason: 'given up', isStaleConnection: false });
  expect(held()).toBe(0);
});
