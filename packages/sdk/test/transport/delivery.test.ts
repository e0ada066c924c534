import { expect, onTestFinished, test } from 'vitest';
import { startScriptedCollector, type ScriptedCollector } from '../support/scripted-collector.ts';
import { KEY, startTestEngine } from '../support/start-test-engine.ts';

async function startCollector(...script: Parameters<typeof startScriptedCollector>): Promise<ScriptedCollector> {
  const collector = await startScriptedCollector(...script);
  onTestFinished(() => collector.close());
  return collector;
}

test('a lone call is on its way within a second, gzipped, with its key, to the path of the contract', async () => {
  const collector = await startCollector();
  const { engine, capture } = startTestEngine({ collectorUrl: `${collector.url}/`, flushIntervalMs: 500 });
  const startMs = performance.now();
  capture();
  await collector.until(() => collector.batches.length === 1);
  const [batch] = collector.batches;
  expect(batch?.atMs).toBeLessThan(startMs + 1000);
  expect(batch?.path).toBe('/v1/events');
  expect(batch?.headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'content-encoding': 'gzip', 'content-type': 'application/json' });
  expect(batch?.body).toMatchObject({
    seq: 1,
    lost: {},
    sdk: { name: 'llmobserve' },
    events: [{ kind: 'llm', model: 'gpt-4o-2024-08-06' }],
  });
  expect(await engine.flush()).toBe(true);
  expect(engine.stats()).toEqual({ captured: 1, sent: 1, queued: 0, lost: {} });
});

test('a burst goes over one connection in few batches, numbered, each event once', async () => {
  const collector = await startCollector();
  const { engine, captureMany } = startTestEngine({ collectorUrl: collector.url });
  captureMany(10_000);
  expect(await engine.flush()).toBe(true);
  expect(collector.stored.size).toBe(10_000);
  expect(collector.connections()).toBe(1);
  expect(collector.batches.length).toBeLessThanOrEqual(25);
  expect(collector.batches.map(({ body }) => body.seq)).toEqual(collector.batches.map((_batch, index) => index + 1));
});

test('a collector under a path is found there', async () => {
  const collector = await startCollector();
  const { engine, capture } = startTestEngine({ collectorUrl: `${collector.url}/behind/a/proxy/` });
  capture();
  expect(await engine.flush()).toBe(true);
  expect(collector.batches[0]?.path).toBe('/behind/a/proxy/v1/events');
});

test('facts about a customer travel once, and again when they change', async () => {
  const collector = await startCollector();
  const { engine, capture } = startTestEngine({ collectorUrl: collector.url });
  for (const plan of ['free', 'free', 'pro']) {
    capture({ scope: { customer: { id: 'acme', name: 'Acme', plan } } });
    await engine.flush();
  }
  expect(collector.batches.map(({ body }) => body.customers)).toEqual([
    [{ id: 'acme', name: 'Acme', plan: 'free' }],
    undefined,
    [{ id: 'acme', name: 'Acme', plan: 'pro' }],
  ]);
});

test('facts whose batch did not arrive travel with the next', async () => {
  const collector = await startCollector((_batch, ordinal) => (ordinal === 1 ? { status: 503 } : undefined));
  const { engine, capture } = startTestEngine({ collectorUrl: collector.url });
  capture({ scope: { customer: { id: 'acme', name: 'Acme' } } });
  expect(await engine.flush()).toBe(true);
  expect(collector.batches[1]?.body.customers).toEqual([{ id: 'acme', name: 'Acme' }]);
});

test('flush waits for calls in flight', async () => {
  const collector = await startCollector();
  const { engine, capture, setPending } = startTestEngine({ collectorUrl: collector.url });
  setPending(1);
  const flushed = engine.flush();
  capture();
  await collector.until(() => collector.batches.length === 1);
  expect(await Promise.race([flushed, Promise.resolve('still waiting')])).toBe('still waiting');
  capture();
  setPending(0);
  expect(await flushed).toBe(true);
  expect(engine.stats()).toMatchObject({ captured: 2, sent: 2, queued: 0 });
});

test('flush is false, and nothing is thrown away, when the time is over first', async () => {
  const collector = await startCollector(() => 'silent');
  const { engine, capture } = startTestEngine({ collectorUrl: collector.url });
  capture();
  expect(await engine.flush(100)).toBe(false);
  expect(engine.stats()).toEqual({ captured: 1, sent: 0, queued: 1, lost: {} });
});

test('flush with nothing to send is true at once', async () => {
  const { engine } = startTestEngine({ collectorUrl: 'http://127.0.0.1:9' });
  expect(await engine.flush(0)).toBe(true);
});

test('shutdown counts what it could not send and captures no more, until init starts again', async () => {
  const collector = await startCollector(() => 'silent');
  const { engine, capture, isCapturing } = startTestEngine({ collectorUrl: collector.url });
  capture();
  await engine.shutdown(50);
  expect(engine.stats()).toEqual({ captured: 1, sent: 0, queued: 0, lost: { shutdown: 1 } });
  expect(isCapturing()).toBe(false);
  collector.script(() => undefined);
  engine.configure({});
  capture();
  expect(await engine.flush()).toBe(true);
  expect(collector.batches.at(-1)?.body.lost).toEqual({ shutdown: 1 });
  expect(engine.stats()).toEqual({ captured: 2, sent: 1, queued: 0, lost: { shutdown: 1 } });
});

test('an event larger than any batch is counted, and its neighbours arrive', async () => {
  const collector = await startCollector();
  const { engine, capture } = startTestEngine({ collectorUrl: collector.url });
  capture();
  capture({ attributes: { text: 'x'.repeat(1_000_001) } });
  capture({ startedAtMs: Number.NaN });
  capture();
  expect(await engine.flush()).toBe(true);
  expect(engine.stats()).toEqual({ captured: 4, sent: 2, queued: 0, lost: { too_large: 1, unreadable: 1 } });
});
