import { expect, onTestFinished, test, vi } from 'vitest';
import { findFreePort } from '@llmobserve/testkit';
import {
  answerFor,
  startScriptedCollector,
  type Answer,
  type ReceivedBatch,
  type ScriptedCollector,
} from '../support/scripted-collector.ts';
import { KEY, startTestEngine, type TestEngine } from '../support/start-test-engine.ts';

vi.setConfig({ testTimeout: 20_000 });

type Setting = { readonly collector: ScriptedCollector } & TestEngine;

async function startWith(script: (batch: ReceivedBatch, ordinal: number) => Answer, options: object = {}, speed = 1): Promise<Setting> {
  const collector = await startScriptedCollector(script);
  onTestFinished(() => collector.close());
  return { collector, ...startTestEngine({ collectorUrl: collector.url, ...options }, speed) };
}

function expectBalance({ engine }: TestEngine): void {
  const { captured, sent, queued, lost } = engine.stats();
  expect(sent + queued + Object.values(lost).reduce((sum, count) => sum + count, 0)).toBe(captured);
}

test.each<[string, Answer]>([
  ['503', { status: 503 }],
  ['500 with a stack', { status: 500, body: 'Error\n at main.js' }],
  ['429', { status: 429, body: { code: 'rate_limited' } }],
  ['404', { status: 404, body: '<html>' }],
  ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }],
  ['the page of a proxy', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Welcome</html>' }],
  ['a body without an end', { status: 200, body: `"${'x'.repeat(1_200_000)}` }],
  ['no answer', 'silent'],
  ['an answer without an end', 'trickle'],
  ['a reset', 'reset'],
  ['an answer lost after the commit', 'lose-answer'],
])('after %s the same events are sent again, and counted once', async (_name, answer) => {
  const setting = await startWith((_batch, ordinal) => (ordinal === 1 ? answer : undefined), {}, 20);
  setting.captureMany(3);
  expect(await setting.engine.flush(60_000)).toBe(true);
  expect(setting.collector.stored.size).toBe(3);
  expect(setting.engine.stats()).toEqual({ captured: 3, sent: 3, queued: 0, lost: {} });
  expect(setting.collector.batches.map(({ body }) => body.seq)).toEqual([1, 1]);
});

test('while the collector is down it is tried at most once a second, even when somebody waits', async () => {
  const setting = await startWith(() => ({ status: 503 }));
  setting.capture();
  expect(await setting.engine.flush(3500)).toBe(false);
  const times = setting.collector.batches.map(({ atMs }) => atMs);
  const gaps = times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0));
  expect(gaps.length).toBeGreaterThanOrEqual(2);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(990);
});

test('Retry-After is kept, and a flush that cannot make it says so at once', async () => {
  const setting = await startWith((_batch, ordinal) => (ordinal === 1 ? { status: 503, headers: { 'retry-after': '2' } } : undefined));
  setting.capture();
  await setting.collector.until(() => setting.collector.batches.length === 1);
  const startMs = performance.now();
  expect(await setting.engine.flush(1000)).toBe(false);
  expect(performance.now() - startMs).toBeLessThan(900);
  expect(await setting.engine.flush(4000)).toBe(true);
  const [first, second] = setting.collector.batches;
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(1990);
});

test('a poisoned event is found alone and counted, and all others arrive', async () => {
  let poisoned = '';
  const setting = await startWith((batch) => {
    poisoned ||= batch.body.events[123]?.id ?? '';
    return batch.body.events.some((event) => event.id === poisoned) ? { status: 400, body: { code: 'invalid_body' } } : undefined;
  });
  setting.captureMany(300);
  expect(await setting.engine.flush()).toBe(true);
  expect(setting.engine.stats()).toEqual({ captured: 300, sent: 299, queued: 0, lost: { rejected: 1 } });
  expect(setting.collector.stored.has(poisoned)).toBe(false);
});

test('a collector that refuses everything is not asked faster than one that is down', async () => {
  const setting = await startWith(() => ({ status: 400, body: '<html>' }));
  setting.captureMany(100);
  expect(await setting.engine.flush(1500)).toBe(false);
  expect(setting.collector.batches.length).toBeLessThanOrEqual(16);
  expectBalance(setting);
});

test.each([200, 422])('events refused one by one in a %i are counted, and said once', async (status) => {
  const setting = await startWith(({ body }) => {
    const refused = status === 422 ? body.events.map(({ id }) => id) : body.events.slice(0, 2).map(({ id }) => id);
    return { status, body: answerFor(body, new Set(), refused) };
  });
  setting.captureMany(3);
  expect(await setting.engine.flush()).toBe(true);
  const rejected = status === 422 ? 3 : 2;
  expect(setting.engine.stats()).toEqual({ captured: 3, sent: 3 - rejected, queued: 0, lost: { rejected } });
  expect(setting.lines).toEqual(['llmobserve: the collector refused an event (out_of_range): too old']);
});

test('413 halves until the batch fits', async () => {
  const setting = await startWith(({ body }) => (body.events.length > 100 ? { status: 413, body: { code: 'body_too_large' } } : undefined));
  setting.captureMany(450);
  expect(await setting.engine.flush()).toBe(true);
  expect(setting.engine.stats()).toEqual({ captured: 450, sent: 450, queued: 0, lost: {} });
});

test.each([401, 403])('%i stops sending with one clear line, and a new key starts it again', async (status) => {
  const setting = await startWith(({ headers }) => (headers.authorization === `Bearer ${KEY}` ? { status } : undefined));
  setting.captureMany(2);
  expect(await setting.engine.flush()).toBe(true);
  setting.capture();
  expect(setting.engine.stats()).toEqual({ captured: 3, sent: 0, queued: 0, lost: { unauthorized: 3 } });
  expect(setting.collector.batches).toHaveLength(1);
  expect(setting.lines).toHaveLength(1);
  expect(setting.lines[0]).not.toContain(KEY);

  setting.engine.configure({ apiKey: 'another' });
  setting.capture();
  expect(await setting.engine.flush()).toBe(true);
  expect(setting.engine.stats()).toEqual({ captured: 4, sent: 1, queued: 0, lost: { unauthorized: 3 } });
});

test('a key that no header can carry is a refused key', async () => {
  const setting = await startWith(() => undefined, { apiKey: 'llmo_sk_\u0000' });
  setting.capture();
  expect(await setting.engine.flush()).toBe(true);
  expect(setting.engine.stats()).toMatchObject({ lost: { unauthorized: 1 } });
  expect(setting.collector.batches).toHaveLength(0);
});

test('a refusal of the old key does not stop the new one', async () => {
  const setting = await startWith(() => 'silent');
  setting.capture();
  await setting.collector.until(() => setting.collector.batches.length === 1);
  setting.collector.script(({ headers }) => (headers.authorization === `Bearer ${KEY}` ? { status: 401 } : undefined));
  setting.engine.configure({ apiKey: 'another' });
  expect(await setting.engine.flush()).toBe(true);
  expect(setting.engine.stats()).toEqual({ captured: 1, sent: 1, queued: 0, lost: {} });
});

test('over quota, what the bounds allow is kept and the rest is lost for that reason', async () => {
  const quota: Answer = { status: 429, headers: { 'retry-after': '1' }, body: { code: 'quota_exceeded' } };
  const setting = await startWith((_batch, ordinal) => (ordinal === 1 ? quota : undefined), { maxQueueBytes: 5000 });
  setting.capture();
  await setting.collector.until(() => setting.collector.batches.length === 1);
  expect(await setting.engine.flush(500)).toBe(false);
  setting.captureMany(50);
  const { queued, lost } = setting.engine.stats();
  expect(queued).toBeGreaterThan(5);
  expect(lost).toEqual({ quota_exceeded: 51 - queued });
  expect(await setting.engine.flush()).toBe(true);
  expect(setting.engine.stats()).toEqual({ captured: 51, sent: queued, queued: 0, lost });
});

test('during an outage the newest events are kept within the bound, and nothing goes uncounted', async () => {
  const port = await findFreePort();
  const setting = startTestEngine({ collectorUrl: `http://127.0.0.1:${port}`, maxQueueBytes: 20_000 });
  for (let round = 0; round < 20; round += 1) {
    setting.captureMany(100);
    expectBalance(setting);
  }
  expect(await setting.engine.flush(50)).toBe(false);
  const { queued, lost } = setting.engine.stats();
  expect(lost).toEqual({ queue_overflow: 2000 - queued });
  expect(queued).toBeGreaterThan(20);
});
