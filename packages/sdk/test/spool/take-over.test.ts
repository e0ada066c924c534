import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readSegment, writeSegment } from '../../src/spool/segment-text.ts';
import { makeTemporaryFolder } from '../support/make-temporary-folder.ts';
import { startScriptedCollector, type ScriptedCollector } from '../support/scripted-collector.ts';
import { makeCall } from '../support/start-test-engine.ts';
import { digest, listFiles, readAll, startProcess, until } from './support/start-process.ts';

async function startCollector(...script: Parameters<typeof startScriptedCollector>): Promise<ScriptedCollector> {
  const collector = await startScriptedCollector(...script);
  onTestFinished(() => collector.close());
  return collector;
}

/** The folder that processes of this spool share. */
async function findFolder(collector: ScriptedCollector, spool: string): Promise<string> {
  const { captureMany, exit, die } = startProcess({ collectorUrl: collector.url, spool });
  captureMany(1);
  exit();
  die();
  const [file = ''] = listFiles(spool);
  return dirname(dirname(file));
}

function leaveMany(folder: string, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const events = [JSON.stringify({ id: randomUUID(), kind: 'custom', provider: 'x' })];
    fs.mkdirSync(`${folder}/free-${index % 20}`, { recursive: true });
    fs.writeFileSync(`${folder}/free-${index % 20}/${index}`, writeSegment({ head: '{"lost":{}', events }, digest));
  }
}

test('of a file that is cut anywhere what is whole comes back, and no event is made up', () => {
  const events = ['{"id":"ä😀"}', '{"id":"b"}'];
  const bytes = Buffer.from(writeSegment({ head: '{"a":1', events }, digest));
  for (let length = 0; length <= bytes.length; length += 1) {
    const read = readSegment(bytes.subarray(0, length).toString('utf8'), digest);
    expect(['', '{"a":1']).toContain(read.head);
    expect(events.slice(0, read.events.length)).toEqual(read.events);
    expect(read.broken.length).toBeLessThanOrEqual(1);
  }
});

test('a head that is broken is no lost event', () => {
  const text = writeSegment({ head: '{"a":1', events: ['{}'] }, digest).replace('"a"', '"b"');
  expect(readSegment(text, digest)).toEqual({ head: '', events: ['{}'], broken: [] });
});

test('hundreds of files are taken over a few at a time, and all of them arrive', async () => {
  const collector = await startCollector(() => ({ status: 503 }));
  const spool = makeTemporaryFolder();
  const folder = await findFolder(collector, spool);
  leaveMany(folder, 500);
  collector.script(() => undefined);
  let taken = 0;
  const counting = { ...fs, renameSync: (...args: Parameters<typeof fs.renameSync>) => ((taken += 1), fs.renameSync(...args)) };
  // A clock on which every look takes a millisecond.
  let nowMs = 0;
  const clock = { nowMs: () => Date.now(), monotonicMs: () => (nowMs += 1) };
  const { engine } = startProcess({ collectorUrl: collector.url, spool }, { fs: () => counting, clock });
  void engine.flush();
  expect([taken > 0, taken < 10]).toEqual([true, true]);
  expect(await engine.flush(60_000)).toBe(true);
  await until(() => collector.stored.size === 501);
  expect(engine.stats()).toEqual({ captured: 0, sent: 0, queued: 0, lost: {} });
  expect(listFiles(spool)).toEqual([]);
}, 60_000);

test('where very many have left their events nobody leaves more, which is said and counted', async () => {
  const collector = await startCollector(() => ({ status: 503 }));
  const spool = makeTemporaryFolder();
  const folder = await findFolder(collector, spool);
  for (let index = 0; index < 2001; index += 1) fs.mkdirSync(`${folder}/here-${process.pid}-b-${index}`);
  const { engine, captureMany, exit, spoolLines } = startProcess({ collectorUrl: collector.url, spool }, { birthOf: () => 'b' });
  captureMany(2);
  exit();
  expect(engine.stats()).toEqual({ captured: 2, sent: 0, queued: 0, lost: { exit: 2 } });
  expect(spoolLines).toEqual(['llmobserve: events cannot be kept on disk, only in memory: Error: too many processes have left theirs']);
});

test('a process elsewhere is left alone for a minute of silence by our own watch, whatever its clock says', async () => {
  const collector = await startCollector(() => ({ status: 503 }));
  const spool = makeTemporaryFolder();
  const first = startProcess({ collectorUrl: collector.url, spool });
  first.captureMany(3);
  await until(() => readAll(spool).split('\n').length === 5);
  const [file = ''] = listFiles(spool);
  fs.utimesSync(dirname(file), 0, 0);
  collector.script(() => undefined);
  let passedMs = 0;
  const beats: (() => void)[] = [];
  const timers = { setTimer: (fn: () => void) => (beats.push(fn), { cancel: () => {} }), setHeldTimer: () => ({ cancel: () => {} }) };
  const me = { place: 'elsewhere', pid: 1, birth: 'b', instance: randomUUID() };
  const clock = { nowMs: () => 0, monotonicMs: () => passedMs };
  const second = startProcess({ collectorUrl: collector.url, spool }, { me: () => me, timers, clock });
  expect(await second.engine.flush()).toBe(true);
  for (passedMs of [30_000, 59_000]) beats.pop()?.();
  expect(listFiles(spool)).toEqual([file]);
  passedMs = 61_000;
  beats.pop()?.();
  await collector.until(() => collector.stored.size === 3);
  first.die();
});

test('facts about customers outlive a process that is killed, and are written once', async () => {
  const collector = await startCollector(() => ({ status: 503 }));
  const spool = makeTemporaryFolder();
  const dead = startProcess({ collectorUrl: collector.url, spool });
  for (let count = 0; count < 3; count += 1) {
    const before = readAll(spool);
    dead.capture({ scope: { customer: { id: 'acme', name: 'Acme' } } });
    await until(() => readAll(spool) !== before);
  }
  expect(readAll(spool).match(/"name":"Acme"/g)).toHaveLength(1);
  dead.die();
  collector.script(() => undefined);
  const { engine } = startProcess({ collectorUrl: collector.url, spool });
  expect(await engine.flush()).toBe(true);
  expect(collector.batches.at(-1)?.body.customers).toEqual([{ id: 'acme', name: 'Acme' }]);
});

test('what the app tells after the end is kept too', async () => {
  const collector = await startCollector(() => ({ status: 503 }));
  const spool = makeTemporaryFolder();
  const { engine, capture, exit, die } = startProcess({ collectorUrl: collector.url, spool, flushIntervalMs: 60_000 });
  capture();
  exit();
  engine.report(makeCall());
  die();
  collector.script(() => undefined);
  const next = startProcess({ collectorUrl: collector.url, spool });
  expect(await next.engine.flush()).toBe(true);
  expect(collector.stored.size).toBe(2);
});
