import { startPostgres, type Postgres } from '@llmobserve/testkit';
import { sql } from 'drizzle-orm';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StartError } from '../../src/failures.ts';
import { openDatabase, type Database } from '../../src/store/index.ts';
import { newDataDir, newFolder } from '../new-data-dir.ts';
import { QUIET } from '../on-both-engines.ts';

const MIGRATION_LOCK = 7_226_514_301;

describe('the embedded database', () => {
  test('is made in an empty directory and keeps its rows for the next opener', async () => {
    const dataDir = join(newFolder(), 'not', 'there', 'yet');
    const first = await openDatabase(QUIET, { engine: 'embedded', dataDir });
    await first.query(sql`INSERT INTO rate_cards VALUES (gen_random_uuid(), 'a', '{}')`);
    await first.close();
    const second = await openDatabase(QUIET, { engine: 'embedded', dataDir });
    expect(await second.query(sql`SELECT id FROM rate_cards`)).toEqual([{ id: 'a' }]);
    await second.close();
  });

  test('a start that was killed half-way leaves nothing in the way of the next', async () => {
    const dataDir = newFolder();
    mkdirSync(join(dataDir, 'database.new'));
    writeFileSync(join(dataDir, 'database.new', 'PG_VERSION'), 'half a databa');
    const database = await openDatabase(QUIET, { engine: 'embedded', dataDir });
    expect(await database.isReady()).toBe(true);
    await database.close();
    expect(existsSync(join(dataDir, 'database.new'))).toBe(false);
  });

  test('refuses a second opener by name, and takes it once the first is gone', async () => {
    const dataDir = newDataDir();
    const config = { engine: 'embedded', dataDir } as const;
    const first = await openDatabase({ ...QUIET, holder: { pid: 4711, since: '2026-11-20T09:00:00.000Z' } }, config);
    await expect(openDatabase(QUIET, config)).rejects.toThrow(
      `The data directory ${dataDir} is in use by another collector (process 4711, since 2026-11-20T09:00:00.000Z).`,
    );
    expect(await first.isReady()).toBe(true);
    await first.close();
    const second = await openDatabase(QUIET, config);
    await second.close();
  });

  test('says what to do when its directory cannot be written or holds no database', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    await expect(openDatabase(QUIET, { engine: 'embedded', dataDir: file })).rejects.toThrow(/cannot be written .* LLMOBSERVE_DATA_DIR/);
    const dataDir = newFolder();
    mkdirSync(join(dataDir, 'database'));
    writeFileSync(join(dataDir, 'database', 'PG_VERSION'), '3');
    const opened = openDatabase(QUIET, { engine: 'embedded', dataDir });
    await expect(opened).rejects.toThrow(/does not open .* LLMOBSERVE_DATA_DIR/);
    await expect(opened).rejects.toThrow(StartError);
  });

  test('a transaction that fails leaves nothing', async () => {
    const database = await openDatabase(QUIET, { engine: 'embedded', dataDir: newDataDir() });
    const failed = database.transaction(async (tx) => {
      await tx.query(sql`INSERT INTO rate_cards VALUES (gen_random_uuid(), 'lost', '{}')`);
      await tx.query(sql`SELECT 1 / 0`);
    });
    await expect(failed).rejects.toThrow();
    expect(await database.query(sql`SELECT id FROM rate_cards`)).toEqual([]);
    await database.close();
  });
});

describe('a PostgreSQL server', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  test('two who start at once both go on, and one of them migrates', async () => {
    const url = await postgres.newDatabase();
    const opened = await Promise.all([1, 2, 3].map(() => openDatabase(QUIET, { engine: 'postgres', url })));
    expect(await Promise.all(opened.map((database) => database.isReady()))).toEqual([true, true, true]);
    const [row] = await (opened[0] as Database).query(
      sql`SELECT count(*)::int AS count, count(DISTINCT made_at)::int AS distinct FROM schema_migrations`,
    );
    expect(row).toEqual({ count: expect.any(Number), distinct: (row as { count: number }).count });
    await closeAll(opened);
  });

  test('who starts while another migrates waits for it', async () => {
    const url = await postgres.newDatabase();
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    await other.query('BEGIN');
    await other.query(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    const opening = openDatabase(QUIET, { engine: 'postgres', url });
    await waitersFor(other, 1);
    await other.query('COMMIT');
    const database = await opening;
    expect(await database.isReady()).toBe(true);
    await database.close();
    await other.end();
  });

  test('a migration that fails changes nothing, and the next start does it', async () => {
    const url = await postgres.newDatabase();
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    await other.query('CREATE TABLE loss_reports (in_the_way int)');
    await expect(openDatabase(QUIET, { engine: 'postgres', url })).rejects.toThrow(/schema could not be brought up to date .* start again/);
    expect((await other.query("SELECT to_regclass('trace_events') AS found")).rows).toEqual([{ found: null }]);
    await other.query('DROP TABLE loss_reports');
    await (await openDatabase(QUIET, { engine: 'postgres', url })).close();
    await other.end();
  });

  test('that does not answer is named without its password', async () => {
    const url = 'postgres://me:secret@127.0.0.1:1/ledger';
    const failure = await openDatabase(QUIET, { engine: 'postgres', url }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StartError);
    expect(String(failure)).toMatch(/The database 127\.0\.0\.1:1\/ledger cannot be used \(.*ECONNREFUSED.*\)\. Check that .* DATABASE_URL/);
    expect(String(failure)).not.toContain('secret');
  });

  test('that may lose acknowledged events at a power cut is warned of once', async () => {
    const url = await postgres.newDatabase();
    const careless = new pg.Client({ connectionString: url });
    await careless.connect();
    await careless.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET synchronous_commit = off`);
    await careless.end();
    const warnings: string[] = [];
    const deps = { ...QUIET, log: { warn: (message: string) => void warnings.push(message) } };
    await (await openDatabase(deps, { engine: 'postgres', url })).close();
    expect(warnings).toEqual([expect.stringMatching(/^PostgreSQL runs with synchronous_commit off: .* Turn it on\.$/)]);
  });
});

async function waitersFor(client: pg.Client, count: number): Promise<void> {
  let waiting = 0;
  while (waiting < count) {
    const { rows } = await client.query<{ count: string }>("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
    waiting = Number(rows[0]?.count);
  }
}

async function closeAll(databases: readonly Database[]): Promise<void> {
  await Promise.all(databases.map((database) => database.close()));
}
