import { randomUUID } from 'node:crypto';
import { setTimeout as pass } from 'node:timers/promises';
import { findFreePort } from '@llmobserve/testkit';
import { expect, test, vi } from 'vitest';
import { startScriptedCollector, type ScriptedCollector } from '../support/scripted-collector.ts';
import { startTestEngine } from '../support/start-test-engine.ts';

/** `npm run faults` plays more of them. */
const ROUNDS = Number(process.env['LLMOBSERVE_FAULT_ROUNDS'] ?? 1);
const EVENTS_AT_ONCE = 10;
const EVERY_MS = 10;
vi.setConfig({ testTimeout: 40_000 * ROUNDS });

/** A collector that is killed and comes back at the same address, and knows what it has stored. */
async function startMortalCollector(): Promise<{
  readonly url: string;
  kill(): Promise<void>;
  start(): Promise<ScriptedCollector>;
  stored(): ReadonlySet<string>;
}> {
  const port = await findFreePort();
  const lives: ScriptedCollector[] = [];
  return {
    url: `http://127.0.0.1:${port}`,
    async start() {
      const life = await startScriptedCollector(() => undefined, port);
      lives.push(life);
      return life;
    },
    kill: async () => lives.at(-1)?.close(),
    stored: () => new Set(lives.flatMap((life) => [...life.stored])),
  };
}

test.each([
  ['where memory holds all of it nothing is lost', 8 * 1024 * 1024],
  ['where memory is short the oldest are lost and counted', 200_000],
])('while the collector dies and comes back under load: %s', async (_what, maxQueueBytes) => {
  const collector = await startMortalCollector();
  await collector.start();
  const { engine, capture } = startTestEngine({ collectorUrl: collector.url, flushIntervalMs: 100, maxQueueBytes });
  const ledger = new Set<string>();
  const load = setInterval(() => {
    for (let count = 0; count < EVENTS_AT_ONCE; count += 1) {
      const id = randomUUID();
      ledger.add(id);
      capture({ id });
    }
  }, EVERY_MS);
  for (let round = 0; round < ROUNDS; round += 1) {
    await pass(Math.random() * 1000);
    await collector.kill();
    await pass(1000 + Math.random() * 4000);
    const upAtMs = performance.now();
    const life = await collector.start();
    await life.until(() => life.batches.length > 0);
    expect(performance.now() - upAtMs).toBeLessThan(10_000);
    const { captured, sent, queued, lost } = engine.stats();
    expect([captured, sent + queued + (lost['queue_overflow'] ?? 0)]).toEqual([ledger.size, ledger.size]);
  }
  clearInterval(load);
  expect(await engine.flush(10_000)).toBe(true);
  const stored = collector.stored();
  const missing = [...ledger].filter((id) => !stored.has(id));
  const { captured, lost } = engine.stats();
  expect([captured, stored.size]).toEqual([ledger.size, ledger.size - missing.length]);
  expect(lost['queue_overflow'] ?? 0).toBe(missing.length);
  if (maxQueueBytes > 1_000_000) expect(missing).toEqual([]);
  await collector.kill();
});

test('while the collector is down it is tried at most once a second and at least once in five', async () => {
  const down = await startScriptedCollector(() => ({ status: 503 }));
  const { engine, capture } = startTestEngine({ collectorUrl: down.url, flushIntervalMs: 5 }, 20);
  capture();
  await down.until(() => down.batches.length === 12);
  const gaps = down.batches.slice(1).map(({ atMs }, index) => (atMs - (down.batches[index]?.atMs ?? 0)) * 20);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(990);
  // A machine under load adds to it, twenty-fold here; what is decided is held to five seconds in the pace's own test.
  expect(gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)]).toBeLessThan(5000);
  expect(engine.stats()).toEqual({ captured: 1, sent: 0, queued: 1, lost: {} });
  await down.close();
});
