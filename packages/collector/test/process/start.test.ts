import { findFreePort, makeBatch, makeEvent, randomKey, startCollector } from '@llmobserve/testkit';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, inject, test } from 'vitest';
import { newDataDir } from '../new-data-dir.ts';

const ENTRY = inject('builtCollector');

describe('a start', () => {
  test('says where it listens, is ready then, and gives each bootstrap key a workspace of its own', async () => {
    const keys = [randomKey(), randomKey()];
    const collector = await startCollector({ entry: ENTRY, dataDir: newDataDir(), keys });
    expect((await fetch(`${collector.url}/ready`)).status).toBe(200);
    const workspaces = await Promise.all(keys.map((key) => ping(collector.url, key)));
    expect(workspaces).toEqual(['bootstrap', 'bootstrap-2']);
    expect(await collector.stop()).toBe(0);
  });

  test('after a stop finds what was stored before, and the same keys', async () => {
    const options = { entry: ENTRY, dataDir: newDataDir(), keys: [randomKey()] };
    const event = makeEvent();
    const first = await startCollector(options);
    expect(await (await post(first.url, first.key, makeBatch([event]))).json()).toMatchObject({ accepted: 1 });
    expect(await first.stop()).toBe(0);
    const second = await startCollector(options);
    expect(await (await post(second.url, second.key, makeBatch([event]))).json()).toMatchObject({ duplicates: 1 });
    expect(await second.stop()).toBe(0);
  });
});

describe('a start that cannot be is refused in one sentence that says what to do', () => {
  test('bad configuration: every problem at once', async () => {
    const { code, stderr } = await runToEnd({ PORT: '70000', DATABASE_URL: 'mysql://db', LLMOBSERVE_BOOTSTRAP_KEY: 'llmo_sk_wrong' });
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^PORT is "70000": set it to/),
      expect.stringMatching(/^DATABASE_URL is not a PostgreSQL URL: set it to/),
      expect.stringMatching(/^Key 1 of LLMOBSERVE_BOOTSTRAP_KEY is malformed: /),
    ]);
  });

  test('a taken port', async () => {
    const port = await findFreePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const { code, stderr } = await runToEnd({ PORT: String(port), LLMOBSERVE_DATA_DIR: newDataDir() });
    other.close();
    expect(code).toBe(1);
    expect(stderr.trim()).toBe(
      `Port ${port} on 127.0.0.1 is taken by another program. Stop that program, or set PORT to another number (0 takes any free port).`,
    );
  });

  test('a locked data directory, which is free again after a kill', async () => {
    const options = { entry: ENTRY, dataDir: newDataDir(), keys: [randomKey()] };
    const first = await startCollector(options);
    const { code, stderr } = await runToEnd({ PORT: '0', LLMOBSERVE_DATA_DIR: options.dataDir });
    expect(code).toBe(1);
    expect(stderr.trim()).toMatch(
      new RegExp(`^The data directory ${options.dataDir} is in use by another collector \\(process ${first.pid}, .*DATABASE_URL\\.$`),
    );
    await first.kill9();
    const second = await startCollector(options);
    expect(await second.stop()).toBe(0);
  });

  test('an unreachable database', async () => {
    const { code, stderr } = await runToEnd({ PORT: '0', DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/ledger' });
    expect(code).toBe(1);
    expect(stderr.trim()).toMatch(
      /^The database 127\.0\.0\.1:1\/ledger cannot be used .* DATABASE_URL names its host, port, user, password and database\.$/,
    );
  });
});

describe('a stop', () => {
  test('lets what is being stored be stored, and ends with 0', async () => {
    const options = { entry: ENTRY, dataDir: newDataDir(), keys: [randomKey()] };
    const collector = await startCollector(options);
    const batches = Array.from({ length: 10 }, () => makeBatch(200));
    const answers = batches.map((batch) => post(collector.url, collector.key, batch).then((response) => response.status));
    await Promise.race(answers);
    const code = await collector.stop();
    const outcomes = await Promise.allSettled(answers);
    expect(code).toBe(0);
    // A connection that was not accepted yet is refused; a request that was begun is answered.
    const acknowledged = batches.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    expect(acknowledged.length).toBeGreaterThan(0);
    const again = await startCollector(options);
    const resent = await Promise.all(acknowledged.map(async (batch) => (await post(again.url, again.key, batch)).json()));
    expect(resent).toEqual(acknowledged.map(() => ({ accepted: 0, duplicates: 200, rejected: [] })));
    expect(await again.stop()).toBe(0);
  });
});

async function runToEnd(env: Readonly<Record<string, string>>): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const child = spawn(process.execPath, [ENTRY], {
    env: { LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [stderr, code] = await Promise.all([text(child.stderr), once(child, 'exit').then(([exitCode]) => exitCode as number | null)]);
  return { code, stderr };
}

async function ping(url: string, key: string): Promise<unknown> {
  const response = await fetch(`${url}/v1/ping`, { headers: { Authorization: `Bearer ${key}` } });
  return ((await response.json()) as { workspace: { name: string } }).workspace.name;
}

function post(url: string, key: string, batch: unknown): Promise<Response> {
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
  return fetch(`${url}/v1/events`, { method: 'POST', headers, body: JSON.stringify(batch) });
}
