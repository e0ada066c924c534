import fs from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { makeTemporaryFolder } from '../support/make-temporary-folder.ts';
import { startScriptedCollector, type ScriptedCollector } from '../support/scripted-collector.ts';
import { listFiles, readAll, startProcess, until } from './support/start-process.ts';

async function startCollector(...script: Parameters<typeof startScriptedCollector>): Promise<ScriptedCollector> {
  const collector = await startScriptedCollector(...script);
  onTestFinished(() => collector.close());
  return collector;
}

async function leaveEvents(collector: ScriptedCollector, spool: string): Promise<string> {
  const dead = startProcess({ collectorUrl: collector.url, spool });
  dead.captureMany(5);
  await until(() => readAll(spool).split('\n').length === 7);
  dead.die();
  const [file = ''] = listFiles(spool);
  return file;
}

test.each<[string, (text: string) => string, number]>([
  ['ends in the middle of a line', (text) => text.slice(0, -20), 1],
  ['has a line of zeros', (text) => text.replace(/\n.*\n/, `\n${'\0'.repeat(200)}\n`), 1],
  ['has other figures than were written', (text) => text.replace('"input":176', '"input":999'), 1],
  ['has lost its head', (text) => text.slice(text.indexOf('\n') + 1), 0],
  ['is garbage', () => '\u0001\u0002', 1],
  ['is empty', () => '', 0],
])('a file that %s: what is whole is sent, the rest is set aside and counted', async (_kind, breakIt, lostCount) => {
  const collector = await startCollector(() => ({ status: 503 }));
  const spool = makeTemporaryFolder();
  const file = await leaveEvents(collector, spool);
  const before = fs.readFileSync(file, 'utf8');
  const after = breakIt(before);
  expect(after).not.toBe(before);
  fs.writeFileSync(file, after);
  collector.script(() => undefined);
  const { engine } = startProcess({ collectorUrl: collector.url, spool });
  expect(await engine.flush()).toBe(true);
  const whole = after.length < 10 ? 0 : 5 - lostCount;
  expect(collector.stored.size).toBe(whole);
  expect(engine.stats()).toEqual({ captured: lostCount, sent: 0, queued: 0, lost: lostCount > 0 ? { spool_corrupt: lostCount } : {} });
  expect(listFiles(spool).map((path) => path.endsWith('.corrupt'))).toEqual(lostCount > 0 ? [true] : []);
});

test('beyond its bytes the oldest files go, and their events are counted', async () => {
  const collector = await startCollector(() => ({ status: 503 }));
  const spool = makeTemporaryFolder();
  const { engine, captureMany } = startProcess({ collectorUrl: collector.url, spool, maxQueueBytes: 20_000 }, { maxBytes: 100_000 });
  for (let round = 0; round < 20; round += 1) {
    const before = readAll(spool);
    captureMany(50);
    await until(() => readAll(spool) !== before);
  }
  expect(listFiles(spool).reduce((sum, path) => sum + fs.statSync(path).size, 0)).toBeLessThan(150_000);
  collector.script(() => undefined);
  expect(await engine.flush(10_000)).toBe(true);
  const { sent } = engine.stats();
  expect(engine.stats()).toEqual({ captured: 1000, sent, queued: 0, lost: { spool_overflow: 1000 - sent } });
  expect([sent > 100, collector.stored.size]).toEqual([true, sent]);
});

test('on a disk that is full events go on in memory, which is said once, and on disk again when there is room', async () => {
  const collector = await startCollector(() => ({ status: 503 }));
  const spool = makeTemporaryFolder();
  let isFull = true;
  const fullDisk = {
    ...fs,
    appendFileSync: (...args: Parameters<typeof fs.appendFileSync>) => {
      if (!isFull) return fs.appendFileSync(...args);
      // A full disk takes a part of what it is given.
      fs.appendFileSync(args[0], String(args[1]).slice(0, 300), args[2]);
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    },
  };
  const process = startProcess({ collectorUrl: collector.url, spool }, { fs: () => fullDisk });
  process.captureMany(3);
  await until(() => process.spoolLines.length > 0);
  process.captureMany(3);
  isFull = false;
  process.capture();
  await until(() => readAll(spool).split('\n').length >= 8);
  process.die();
  expect(process.spoolLines).toEqual(['llmobserve: events cannot be kept on disk, only in memory: Error: ENOSPC: no space left on device']);
  collector.script(() => undefined);
  const next = startProcess({ collectorUrl: collector.url, spool });
  expect(await next.engine.flush()).toBe(true);
  expect(collector.stored.size).toBe(7);
  expect(next.engine.stats()).toEqual({ captured: 0, sent: 0, queued: 0, lost: {} });
  expect(await process.engine.flush()).toBe(true);
  expect(process.engine.stats()).toEqual({ captured: 7, sent: 7, queued: 0, lost: {} });
});

test('at the end of a process what finds no room is lost and said, and only that', async () => {
  const collector = await startCollector(() => ({ status: 503 }));
  const spool = makeTemporaryFolder();
  let writes = 0;
  const fullDisk = {
    ...fs,
    appendFileSync: (...args: Parameters<typeof fs.appendFileSync>) => {
      writes += 1;
      fs.appendFileSync(args[0], writes > 1 ? String(args[1]).slice(0, 1000) : args[1], args[2]);
      if (writes > 1) throw new Error('ENOSPC');
    },
  };
  const { engine, captureMany, exit, lines } = startProcess({ collectorUrl: collector.url, spool }, { fs: () => fullDisk });
  captureMany(700);
  exit();
  expect(engine.stats()).toEqual({ captured: 700, sent: 0, queued: 100, lost: { exit: 600 } });
  expect(lines.at(-1)).toContain('600 events were not sent in time and are lost');
  collector.script(() => undefined);
  const next = startProcess({ collectorUrl: collector.url, spool });
  expect(await next.engine.flush()).toBe(true);
  expect([collector.stored.size, next.engine.stats().lost]).toEqual([100, {}]);
});
