import { expect, onTestFinished, test } from 'vitest';
import { startScriptedCollector, type ScriptedCollector } from './support/scripted-collector.ts';
import { KEY, makeCall, startTestEngine } from './support/start-test-engine.ts';

async function startCollector(): Promise<ScriptedCollector> {
  const collector = await startScriptedCollector();
  onTestFinished(() => collector.close());
  return collector;
}

test('a second init changes what it names and keeps the rest', async () => {
  const collector = await startCollector();
  const { engine, capture } = startTestEngine({ collectorUrl: collector.url, environment: 'staging', release: '1' });
  engine.configure({ release: '2', customer: { id: 'acme', plan: 'pro' }, environment: undefined });
  capture();
  expect(await engine.flush()).toBe(true);
  expect(collector.batches).toHaveLength(1);
  expect(collector.batches[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  expect(collector.batches[0]?.body).toMatchObject({
    customers: [{ id: 'acme', plan: 'pro' }],
    events: [{ environment: 'staging', release: '2', customer: 'acme' }],
  });
});

test('a second init without a key keeps the first one; none at all is misuse, and changes nothing', async () => {
  const collector = await startCollector();
  const { engine, capture } = startTestEngine({ collectorUrl: collector.url });
  expect(() => engine.configure({ apiKey: '', release: '2' })).toThrow(TypeError);
  engine.configure({ environment: 'production' });
  capture();
  expect(await engine.flush()).toBe(true);
  expect(collector.batches[0]?.body.events).toMatchObject([{ environment: 'production' }]);
  expect(collector.batches[0]?.body.events[0]).not.toHaveProperty('release');
});

test('disabled it captures nothing, and still delivers what it has', async () => {
  const collector = await startCollector();
  const { engine, capture, isCapturing } = startTestEngine({ collectorUrl: collector.url, flushIntervalMs: 60_000 });
  capture();
  engine.configure({ enabled: false });
  expect(isCapturing()).toBe(false);
  expect(await engine.flush()).toBe(true);
  engine.configure({ enabled: true });
  expect(isCapturing()).toBe(true);
  expect(engine.stats()).toEqual({ captured: 1, sent: 1, queued: 0, lost: {} });
});

test('an address that is none captures nothing and says so, until there is a good one', async () => {
  const collector = await startCollector();
  const { engine, capture, isCapturing, lines } = startTestEngine({ collectorUrl: 'localhost:8787' });
  expect(isCapturing()).toBe(false);
  expect(lines).toEqual(['llmobserve: collectorUrl "localhost:8787" is no http(s) URL: nothing is captured']);
  engine.configure({ collectorUrl: collector.url });
  capture();
  expect(await engine.flush()).toBe(true);
});

test('events move with the address: what the old one did not take goes to the new one', async () => {
  const [old, next] = [await startCollector(), await startCollector()];
  old.script(() => ({ status: 503 }));
  const { engine, captureMany } = startTestEngine({ collectorUrl: old.url });
  captureMany(3);
  await old.until(() => old.batches.length === 1);
  engine.configure({ collectorUrl: next.url });
  expect(await engine.flush()).toBe(true);
  expect(next.stored.size).toBe(3);
  expect(engine.stats()).toEqual({ captured: 3, sent: 3, queued: 0, lost: {} });
});

test('an address that changes back and forth in mid-flight counts nothing twice', async () => {
  const collector = await startCollector();
  const { engine, captureMany } = startTestEngine({ collectorUrl: collector.url });
  for (let turn = 0; turn < 20; turn += 1) {
    captureMany(50);
    engine.configure({ collectorUrl: `${collector.url}/${turn % 2 === 0 ? '' : 'other'}` });
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await engine.flush()).toBe(true);
  expect(collector.stored.size).toBe(1000);
  expect(engine.stats()).toEqual({ captured: 1000, sent: 1000, queued: 0, lost: {} });
});

test('a call that is reported is counted and sent like one from the wire, and dropped while nothing is captured', async () => {
  const collector = await startCollector();
  const { engine, isCapturing } = startTestEngine({ collectorUrl: collector.url, enabled: false });
  engine.report(makeCall());
  expect([isCapturing(), engine.stats().captured]).toEqual([false, 0]);
  engine.configure({ enabled: true });
  engine.report(makeCall({ kind: 'custom', provider: 'twilio', operation: 'call', model: undefined }));
  expect(await engine.flush()).toBe(true);
  await engine.shutdown();
  engine.report(makeCall());
  expect(engine.stats()).toEqual({ captured: 1, sent: 1, queued: 0, lost: {} });
  expect(collector.batches[0]?.body.events).toMatchObject([{ kind: 'custom', provider: 'twilio' }]);
});

test('with debug it explains itself, and never names the key', async () => {
  const collector = await startCollector();
  const { engine, capture, lines } = startTestEngine({ collectorUrl: collector.url, debug: true });
  capture();
  await engine.shutdown();
  expect(lines).toContain('llmobserve: batch: 1 of 1 events arrived');
  expect(lines.join('\n')).not.toContain(KEY);
});
