import fs from 'node:fs';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeTemporaryFolder } from '../support/make-temporary-folder.ts';
import { answerFor, startScriptedCollector, type ScriptedCollector } from '../support/scripted-collector.ts';
import { createTimers } from '../../src/timers.ts';
import { KEY } from '../support/start-test-engine.ts';
import { listFiles, readAll, startProcess, until } from './support/start-process.ts';

async function startCollector(...script: Parameters<typeof startScriptedCollector>): Promise<ScriptedCollector> {
  const collector = await startScriptedCollector(...script);
  onTestFinished(() => collector.close());
  return collector;
}

function countLines(folder: string): number {
  return readAll(folder).split('\n').length - 1;
}

test('an event is on disk while it waits, readable for its owner alone, and gone once it has arrived', async () => {
  const collector = await startCollector();
  const spool = makeTemporaryFolder();
  const { engine, captureMany } = startProcess({ collectorUrl: collector.url, flushIntervalMs: 60_000, spool });
  captureMany(3);
  await until(() => countLines(spool) === 4);
  const [file = ''] = listFiles(spool);
  expect([fs.statSync(file).mode & 0o777, fs.statSync(dirname(file)).mode & 0o777]).toEqual([0o600, 0o700]);
  expect(await engine.flush()).toBe(true);
  expect(listFiles(spool)).toEqual([]);
  expect(engine.stats()).toEqual({ captured: 3, sent: 3, queued: 0, lost: {} });
});

test('what a process left is sent by the next in the name of the first, with its losses, and is in no count of the second', async () => {
  const collector = await startCollector(() => ({ status: 503 }));
  const spool = makeTemporaryFolder();
  const first = startProcess({ collectorUrl: collector.url, spool });
  first.capture({ startedAtMs: Number.NaN });
  first.capture({ scope: { customer: { id: 'acme', name: 'Acme' } } });
  first.captureMany(9);
  first.exit();
  first.die();
  collector.script(() => undefined);
  const second = startProcess({ collectorUrl: collector.url, spool });
  expect(await second.engine.flush()).toBe(true);
  const last = collector.batches.at(-1);
  expect(last?.body).toMatchObject({ lost: { unreadable: 1 }, customers: [{ id: 'acme', name: 'Acme' }] });
  expect(last?.body.sdk?.instance).toBe(collector.batches[0]?.body.sdk?.instance);
  expect(last?.body).not.toHaveProperty('seq');
  expect(collector.stored.size).toBe(10);
  expect(second.engine.stats()).toEqual({ captured: 0, sent: 0, queued: 0, lost: {} });
  expect(listFiles(spool)).toEqual([]);
});

test('of many that start at once each file of the dead goes to one, and nothing is left or sent twice', async () => {
  const collector = await startCollector(() => ({ status: 503 }));
  const spool = makeTemporaryFolder();
  const dead = Array.from({ length: 5 }, () => startProcess({ collectorUrl: collector.url, spool }));
  for (const process of dead) process.captureMany(20);
  await until(() => countLines(spool) === 5 * 21);
  for (const process of dead) process.die();
  const refused = collector.batches.length;
  collector.script(() => undefined);
  const next = Array.from({ length: 6 }, () => startProcess({ collectorUrl: collector.url, spool }));
  expect(await Promise.all(next.map(({ engine }) => engine.flush()))).toEqual(next.map(() => true));
  await collector.until(() => collector.stored.size === 100);
  const byOthers = collector.batches.slice(refused).filter(({ body }) => body.seq === undefined);
  expect(byOthers.flatMap(({ body }) => body.events)).toHaveLength(100);
});

test('what another process left holds nobody up while the collector is away', async () => {
  const collector = await startCollector(() => ({ status: 503 }));
  const spool = makeTemporaryFolder();
  const dead = startProcess({ collectorUrl: collector.url, spool });
  dead.captureMany(3);
  await until(() => countLines(spool) === 4);
  dead.die();
  const { engine } = startProcess({ collectorUrl: collector.url, spool });
  const startMs = performance.now();
  expect(await engine.flush(5000)).toBe(true);
  expect(performance.now() - startMs).toBeLessThan(1500);
  expect(countLines(spool)).toBe(4);
});

test('what a living process keeps is left to it', async () => {
  const collector = await startCollector(() => 'silent');
  const spool = makeTemporaryFolder();
  const first = startProcess({ collectorUrl: collector.url, spool });
  first.captureMany(3);
  await until(() => countLines(spool) === 4);
  collector.script(() => undefined);
  const second = startProcess({ collectorUrl: collector.url, spool });
  expect(await second.engine.flush()).toBe(true);
  expect(collector.stored.size).toBe(0);
  expect(countLines(spool)).toBe(4);
});

test('a process that lives long takes over what another one leaves meanwhile, and shows that it lives', async () => {
  const collector = await startCollector(() => ({ status: 503 }));
  const spool = makeTemporaryFolder();
  const first = startProcess({ collectorUrl: collector.url, spool });
  first.captureMany(3);
  await until(() => countLines(spool) === 4);
  const [file = ''] = listFiles(spool);
  const longAgo = new Date(Date.now() - 50_000);
  fs.utimesSync(dirname(file), longAgo, longAgo);
  const { setTimer, setHeldTimer } = createTimers();
  const timers = { setTimer: (fn: () => void, delayMs: number) => setTimer(fn, delayMs / 200), setHeldTimer };
  const second = startProcess({ collectorUrl: collector.url, spool, flushIntervalMs: 60_000 }, { timers });
  second.capture();
  await until(() => countLines(spool) === 6);
  const [home = ''] = listFiles(spool).filter((path) => path !== file);
  fs.utimesSync(dirname(home), longAgo, longAgo);
  await until(() => fs.statSync(dirname(home)).mtimeMs > longAgo.getTime() + 40_000);
  first.die();
  collector.script(() => undefined);
  await collector.until(() => collector.stored.size >= 3);
});

test('what was captured for one key is never sent with another', async () => {
  const collector = await startCollector(() => ({ status: 503 }));
  const spool = makeTemporaryFolder();
  const first = startProcess({ collectorUrl: collector.url, spool });
  first.captureMany(3);
  await until(() => countLines(spool) === 4);
  first.die();
  collector.script(() => undefined);
  const other = startProcess({ collectorUrl: collector.url, spool, apiKey: 'another' });
  expect(await other.engine.flush()).toBe(true);
  expect(collector.stored.size).toBe(0);
  expect(countLines(spool)).toBe(4);
});

test('a process that takes another key in mid-life leaves what others left for the first, and takes its own along', async () => {
  const collector = await startCollector(() => ({ status: 503 }));
  const spool = makeTemporaryFolder();
  const dead = startProcess({ collectorUrl: collector.url, spool });
  dead.captureMany(3);
  await until(() => countLines(spool) === 4);
  dead.die();
  const { engine, captureMany } = startProcess({ collectorUrl: collector.url, spool });
  captureMany(2);
  await until(() => countLines(spool) === 7);
  engine.configure({ apiKey: 'another' });
  collector.script(() => undefined);
  expect(await engine.flush()).toBe(true);
  expect(
    collector.batches.filter(({ headers }) => headers.authorization === 'Bearer another').flatMap(({ body }) => body.events),
  ).toHaveLength(2);
  expect([engine.stats().sent, countLines(spool)]).toEqual([2, 4]);
  engine.configure({ apiKey: KEY });
  expect(await engine.flush()).toBe(true);
  expect([collector.stored.size, listFiles(spool)]).toEqual([5, []]);
});

test('beyond the memory of the queue events wait on disk, and all of them arrive', async () => {
  const collector = await startCollector(() => ({ status: 503 }));
  const spool = makeTemporaryFolder();
  const { engine, captureMany } = startProcess({ collectorUrl: collector.url, spool, maxQueueBytes: 50_000 });
  for (let round = 0; round < 20; round += 1) {
    captureMany(100);
    const on = countLines(spool);
    await until(() => countLines(spool) > on);
    expect(engine.stats()).toEqual({ captured: (round + 1) * 100, sent: 0, queued: (round + 1) * 100, lost: {} });
  }
  collector.script(() => undefined);
  expect(await engine.flush(10_000)).toBe(true);
  expect(engine.stats()).toEqual({ captured: 2000, sent: 2000, queued: 0, lost: {} });
  expect(collector.stored.size).toBe(2000);
  expect(listFiles(spool)).toEqual([]);
});

test('a key that is refused loses what is our own and leaves what others left', async () => {
  const collector = await startCollector(() => ({ status: 503 }));
  const spool = makeTemporaryFolder();
  const dead = startProcess({ collectorUrl: collector.url, spool });
  dead.captureMany(3);
  await until(() => countLines(spool) === 4);
  dead.die();
  collector.script(() => ({ status: 401 }));
  const { engine, captureMany } = startProcess({ collectorUrl: collector.url, spool });
  captureMany(2);
  expect(await engine.flush()).toBe(true);
  expect(engine.stats()).toEqual({ captured: 2, sent: 0, queued: 0, lost: { unauthorized: 2 } });
  expect(countLines(spool)).toBe(4);
});

test('an event of another process that is refused is counted here, so that it is counted at all', async () => {
  const collector = await startCollector(() => ({ status: 503 }));
  const spool = makeTemporaryFolder();
  const dead = startProcess({ collectorUrl: collector.url, spool });
  dead.captureMany(3);
  await until(() => countLines(spool) === 4);
  dead.die();
  collector.script(({ body }) => ({ status: 200, body: answerFor(body, new Set(), [body.events[1]?.id ?? '']) }));
  const { engine } = startProcess({ collectorUrl: collector.url, spool });
  expect(await engine.flush()).toBe(true);
  expect(engine.stats()).toEqual({ captured: 1, sent: 0, queued: 0, lost: { rejected: 1 } });
});
