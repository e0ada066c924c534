import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reapProcess, startPostgres, type Postgres } from '../../src/index.ts';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

test('each new database is empty and apart from the others', async () => {
  const [first, second] = [await postgres.newDatabase(), await postgres.newDatabase()];
  await ask(first, 'create table only_here (id int)');
  expect(await ask(first, "select to_regclass('only_here')::text as name")).toEqual([{ name: 'only_here' }]);
  expect(await ask(second, "select to_regclass('only_here')::text as name")).toEqual([{ name: null }]);
});

test('a killed server comes back on the same port with what it had committed', async () => {
  const url = await postgres.newDatabase();
  await ask(url, 'create table kept (id int); insert into kept values (7)');
  await postgres.kill9();
  await expect(ask(url, 'select 1')).rejects.toThrow();
  await postgres.start();
  expect(await ask(url, 'select id from kept')).toEqual([{ id: 7 }]);
});

test('settings reach the server', async () => {
  const tuned = await startPostgres({ max_connections: '7' });
  expect(await ask(tuned.url, 'show max_connections')).toEqual([{ max_connections: '7' }]);
  await tuned.stop();
  await expect(ask(tuned.url, 'select 1')).rejects.toThrow();
});

test('a process that is killed leaves no server and no folder behind', async () => {
  const script = `import { startPostgres } from '${new URL('../../src/index.ts', import.meta.url).href}';
    const { url } = await startPostgres(); process.stdout.write(url); setInterval(() => {}, 1000);`;
  const before = folders();
  const child = spawn(process.execPath, ['--conditions=llmobserve-source', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  reapProcess(child.pid ?? 0);
  const [url] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  const made = folders().filter((name) => !before.includes(name));
  child.kill('SIGKILL');
  await expect.poll(() => made.some((name) => existsSync(`${tmpdir()}/${name}`))).toBe(false);
  await expect(ask(url, 'select 1')).rejects.toThrow();
});

function folders(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('llmobserve-postgres-'));
}

async function ask(url: string, statement: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}
