import { expect, onTestFinished, test } from 'vitest';
import { startScriptedCollector, type ScriptedCollector } from './support/scripted-collector.ts';
import { startTestEngine } from './support/start-test-engine.ts';

async function startCollector(...script: Parameters<typeof startScriptedCollector>): Promise<ScriptedCollector> {
  const collector = await startScriptedCollector(...script);
  onTestFinished(() => collector.close());
  return collector;
}

/** The warnings of the runtime from here to the end of the test. */
function watchWarnings(): readonly string[] {
  const names: string[] = [];
  const note = ({ name }: Error): void => void names.push(name);
  process.on('warning', note);
  onTestFinished(() => void process.off('warning', note));
  return names;
}

test('what waits is sent at once, however long a call that is under way may take', async () => {
  const collector = await startCollector();
  const { engine, capture, setPending } = startTestEngine({ collectorUrl: collector.url, flushIntervalMs: 60_000 });
  capture();
  setPending(1);
  expect(await engine.flush(500)).toBe(false);
  expect(engine.stats()).toMatchObject({ sent: 1, queued: 0 });
});

test('two at once, and one after shutdown, are all true', async () => {
  const collector = await startCollector();
  const { engine, captureMany } = startTestEngine({ collectorUrl: collector.url });
  captureMany(600);
  expect(await Promise.all([engine.flush(), engine.flush(), engine.flush(0)])).toEqual([true, true, false]);
  await engine.shutdown();
  expect(await engine.flush(0)).toBe(true);
  expect(engine.stats()).toEqual({ captured: 600, sent: 600, queued: 0, lost: {} });
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 2 ** 40, -1, '100'])(
  'a time of %s that no clock can wait is no harm',
  async (timeoutMs) => {
    const warnings = watchWarnings();
    const collector = await startCollector((_batch, ordinal) => (ordinal === 1 ? { status: 503 } : undefined));
    const { engine, capture } = startTestEngine({ collectorUrl: collector.url }, 4);
    const [flush, shutdown] = [engine.flush.bind(engine), engine.shutdown.bind(engine)] as ((timeoutMs: unknown) => Promise<unknown>)[];
    capture();
    expect(await flush?.(timeoutMs)).toBe(true);
    collector.script((_batch, ordinal) => (ordinal === 3 ? { status: 503 } : undefined));
    capture();
    await shutdown?.(timeoutMs);
    expect(engine.stats()).toEqual({ captured: 2, sent: 2, queued: 0, lost: {} });
    expect(warnings).toEqual([]);
  },
);

test('shutdown ends although calls do not, whatever its time', async () => {
  const collector = await startCollector();
  const { engine, setPending } = startTestEngine({ collectorUrl: collector.url }, 20);
  setPending(1);
  await engine.shutdown(Number.NaN);
});

test('after shutdown and init calls are delivered without being asked for', async () => {
  const collector = await startCollector(() => 'silent');
  const { engine, capture } = startTestEngine({ collectorUrl: collector.url });
  capture();
  await engine.shutdown(10);
  collector.script(() => undefined);
  engine.configure({});
  capture();
  await collector.until(() => collector.stored.size === 1);
});

test('an init while shutdown is under way has the last word', async () => {
  const collector = await startCollector();
  const { engine, capture, isCapturing } = startTestEngine({ collectorUrl: collector.url });
  capture();
  const ended = engine.shutdown();
  engine.configure({ release: '2' });
  await ended;
  expect(isCapturing()).toBe(true);
  capture();
  expect(await engine.flush()).toBe(true);
  expect(engine.stats()).toEqual({ captured: 2, sent: 2, queued: 0, lost: {} });
});
