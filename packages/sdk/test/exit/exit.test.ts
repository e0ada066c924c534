import { readdirSync } from 'node:fs';
import { findFreePort } from '@llmobserve/testkit';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startScriptedCollector, type Answer, type ScriptedCollector } from '../support/scripted-collector.ts';
import { makeTemporaryFolder } from '../support/make-temporary-folder.ts';
import { runApp } from './run-app.ts';

/** Two seconds for the SDK, and some for a machine under load to take a process down. */
const LONGEST_END_MS = 3500;
vi.setConfig({ testTimeout: 30_000 });

async function startCollector(script?: () => Answer): Promise<ScriptedCollector> {
  const collector = await startScriptedCollector(script);
  onTestFinished(() => collector.close());
  return collector;
}

async function collectorUrlOf(state: string): Promise<string> {
  if (state === 'closed') return `http://127.0.0.1:${await findFreePort()}`;
  return (await startCollector(() => (state === 'silent' ? 'silent' : 'trickle'))).url;
}

describe('everything captured arrives', () => {
  test.each([
    ['return', 0],
    ['exit code', 4],
    ['flush and exit', 0],
    ['shut down', 0],
  ])('when the app ends by: %s', async (ending, code) => {
    const collector = await startCollector();
    const end = await runApp(ending, { collectorUrl: collector.url });
    expect(end).toMatchObject({ code, signal: null, stderr: '' });
    expect(collector.stored.size).toBe(3);
    expect(collector.batches.flatMap(({ body }) => body.events.map((event) => event.customer))).toEqual(
      expect.arrayContaining(['a', 'b', 'c']),
    );
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('when %s ends it, and the signal stays the same', async (signal) => {
    const collector = await startCollector();
    const end = await runApp('wait', { collectorUrl: collector.url, signal });
    expect(end).toMatchObject({ code: null, signal, stderr: '' });
    expect(collector.stored.size).toBe(3);
  });

  test('when a handler of the app’s own ends it, in its own time', async () => {
    const collector = await startCollector();
    const end = await runApp('wait with a handler', { collectorUrl: collector.url, signal: 'SIGTERM' });
    expect(end).toMatchObject({ code: 7, signal: null, stdout: 'captured 3\nown handler\n' });
    expect(end.endMs).toBeGreaterThan(190);
    expect(collector.stored.size).toBe(3);
  });

  test('of a failed call that waits for its retry, without waiting for it', async () => {
    const collector = await startCollector();
    const end = await runApp('a failure at the end', { collectorUrl: collector.url });
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(end.endMs).toBeLessThan(LONGEST_END_MS);
    expect(collector.stored.size).toBe(4);
  });

  test('when work begins after the first flush at rest', async () => {
    const collector = await startCollector();
    const end = await runApp('more work at the end', { collectorUrl: collector.url });
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(collector.stored.size).toBe(4);
  });

  test('of a call that is under way when the signal comes', async () => {
    const collector = await startCollector();
    const end = await runApp('wait with a call under way', { collectorUrl: collector.url, signal: 'SIGTERM' });
    expect(end).toMatchObject({ signal: 'SIGTERM', stdout: 'captured 3\ncall ended\n' });
    expect(collector.stored.size).toBe(4);
  });
});

describe('the end stays the app’s own', () => {
  test.each(['closed', 'silent', 'trickling'])('a collector that is %s delays it by two seconds at most', async (state) => {
    const collectorUrl = await collectorUrlOf(state);
    const ends = await Promise.all([
      runApp('return', { collectorUrl }),
      runApp('exit code', { collectorUrl }),
      runApp('wait', { collectorUrl, signal: 'SIGTERM' }),
      runApp('wait with a handler', { collectorUrl, signal: 'SIGTERM' }),
      runApp('shut down', { collectorUrl }),
    ]);
    expect(ends.map(({ code, signal }) => [code, signal])).toEqual([
      [0, null],
      [4, null],
      [null, 'SIGTERM'],
      [7, null],
      [0, null],
    ]);
    for (const { endMs, stderr } of ends) {
      expect(endMs).toBeLessThan(LONGEST_END_MS);
      expect(stderr).not.toContain('lost');
    }
  });

  test('an app that calls nobody ends at once, and leaves nothing behind', async () => {
    const tmpdir = makeTemporaryFolder();
    const end = await runApp('nothing', { collectorUrl: 'http://127.0.0.1:9', tmpdir });
    expect(end).toMatchObject({ code: 0, signal: null, stderr: '' });
    expect(end.endMs).toBeLessThan(1000);
    expect(readdirSync(tmpdir)).toEqual([]);
  });

  test('a handler that ends the process only when it is alone still does', async () => {
    const collector = await startCollector();
    const end = await runApp('wait with a handler that counts', { collectorUrl: collector.url, signal: 'SIGTERM' });
    expect(end).toMatchObject({ code: null, signal: 'SIGTERM' });
  });
});

describe('what cannot be sent before the end is sent by the next process', () => {
  test.each([
    ['exit', 3],
    ['exit with a call under way', 3],
    ['throw', 1],
    ['reject', 1],
  ])('after %s, which is not held up', async (ending, code) => {
    const collector = await startCollector();
    const tmpdir = makeTemporaryFolder();
    const end = await runApp(ending, { collectorUrl: collector.url, tmpdir });
    expect(end).toMatchObject({ code, signal: null });
    expect(end.endMs).toBeLessThan(1000);
    expect(end.stderr).not.toMatch(/^llmobserve/m);
    const own = ending === 'exit with a call under way' ? 4 : 3;
    expect(collector.stored.size).toBe(0);
    expect(await runApp('return', { collectorUrl: collector.url, tmpdir })).toMatchObject({ code: 0, stderr: '' });
    expect(collector.stored.size).toBe(own + 3);
    expect(listFiles(tmpdir)).toEqual([]);
  });

  test.each(['closed', 'silent', 'trickling'])('when the collector was %s, in the name of the one that is gone', async (state) => {
    const tmpdir = makeTemporaryFolder();
    const collector = await startCollector();
    const port = Number(new URL(collector.url).port);
    collector.script(() => (state === 'trickling' ? 'trickle' : 'silent'));
    if (state === 'closed') await collector.close();
    const setting = { collectorUrl: collector.url, tmpdir };
    const ends = await Promise.all([
      runApp('return', setting),
      runApp('shut down', setting),
      runApp('wait', { ...setting, signal: 'SIGTERM' }),
      runApp('wait', { ...setting, signal: 'SIGINT' }),
      runApp('wait with a handler', { ...setting, signal: 'SIGTERM' }),
      runApp('wait with a handler that exits', { ...setting, signal: 'SIGTERM' }),
    ]);
    expect(ends.map(({ code, signal, stderr }) => [code ?? signal, stderr.includes('lost')])).toEqual([
      [0, false],
      [0, false],
      ['SIGTERM', false],
      ['SIGINT', false],
      [7, false],
      [9, false],
    ]);
    const again = state === 'closed' ? await startScriptedCollector(() => undefined, port) : collector;
    onTestFinished(() => again.close());
    again.script(() => undefined);
    expect(await runApp('return', { collectorUrl: collector.url, tmpdir })).toMatchObject({ code: 0, stderr: '' });
    expect(again.stored.size).toBe(21);
    const ofOthers = again.batches.filter(({ body }) => body.seq === undefined);
    expect(new Set(ofOthers.map(({ body }) => body.sdk?.instance)).size).toBe(6);
    expect(listFiles(tmpdir)).toEqual([]);
  });

  test('unless nothing may be kept, which is said in one line', async () => {
    const collector = await startCollector();
    const end = await runApp('exit without a spool', { collectorUrl: collector.url });
    expect(end).toMatchObject({ code: 3, signal: null });
    expect(end.stderr.match(/^llmobserve: .*$/gm)).toEqual([
      'llmobserve: 3 events were not sent in time and are lost: before the end, await flush()',
    ]);
  });
});

function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
}
