import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { expect, test } from 'vitest';
import { ProtocolStream } from '../../src/store/embedded/protocol-stream.ts';
import { startEngine, type Engine } from '../../src/store/embedded/start-engine.ts';
import { newDataDir } from '../new-data-dir.ts';

const WORKER_FILE = fileURLToPath(new URL('../../src/store/embedded/pglite-worker.ts', import.meta.url));

test('a thread that dies ends its connection, and the next connection finds what was committed', async () => {
  const threads: Worker[] = [];
  const engine = await startEngine(join(newDataDir(), 'database'), (workerData) => {
    const thread = new Worker(WORKER_FILE, { workerData });
    threads.push(thread);
    return thread;
  });
  const first = await connect(engine);
  await first.query('CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)');
  const ended = new Promise<void>((resolve) => first.once('error', () => resolve()));
  await threads[0]?.terminate();
  await ended;
  await expect(first.query('SELECT 1')).rejects.toThrow();

  const second = await connect(engine);
  expect((await second.query('SELECT id FROM kept')).rows).toEqual([{ id: 7 }]);
  expect(threads).toHaveLength(2);
  await second.end();
  await engine.close();
});

test('what a broken connection left undone is rolled back for the next', async () => {
  const engine = await startEngine(join(newDataDir(), 'database'));
  const first = await connect(engine);
  await first.query('CREATE TABLE kept (id int)');
  await first.query('BEGIN; INSERT INTO kept VALUES (7)');
  await first.query({ name: 'same-name', text: 'SELECT 1 AS one' });
  await first.end();
  const second = await connect(engine);
  expect((await second.query('SELECT id FROM kept')).rows).toEqual([]);
  expect((await second.query({ name: 'same-name', text: 'SELECT 2 AS two' })).rows).toEqual([{ two: 2 }]);
  await second.end();
  await engine.close();
});

test.each([
  ['ENOSPC: no space left on device, write', 'Make room on its disk (a new one takes 40 MB), or choose another with LLMOBSERVE_DATA_DIR.'],
  ['no PG_VERSION', 'Restore the directory from a backup, or choose another with LLMOBSERVE_DATA_DIR.'],
])('an engine that does not open because of %s says what to do', async (reason, remedy) => {
  const failing = (workerData: string) =>
    new Worker(`require('node:worker_threads').parentPort.postMessage({ kind: 'failure', message: ${JSON.stringify(reason)} })`, {
      eval: true,
      workerData,
    });
  await expect(startEngine('/data/database', failing)).rejects.toThrow(
    `The embedded database in /data/database does not open (${reason}). ${remedy}`,
  );
});

test('a mistake in SQL is answered, and the connection goes on', async () => {
  const engine = await startEngine(join(newDataDir(), 'database'));
  const client = await connect(engine);
  await expect(client.query('SELEC')).rejects.toThrow('syntax error');
  await expect(client.query('SELECT $1::int / 0', [1])).rejects.toThrow('division by zero');
  expect((await client.query('SELECT $1::text AS text', ['x'.repeat(1_000_000)])).rows[0]).toEqual({ text: 'x'.repeat(1_000_000) });
  await client.end();
  await engine.close();
});

async function connect(engine: Engine): Promise<pg.Client> {
  const client = new pg.Client({ user: 'postgres', database: 'postgres', stream: () => new ProtocolStream(engine.link()) });
  client.on('error', () => {});
  await client.connect();
  return client;
}
