import type { SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';

import { StoreUnavailableError } from '../failures.ts';
import { commitOnce } from './commit-once.ts';
import type { Database, PreparedStatement, Queryable } from './database.ts';
import * as schema from './schema/index.ts';
import { storeFailure } from './store-failure.ts';

const READY_TIMEOUT_MS = 900;

/** What is kept open besides the pool, such as the embedded engine's thread. */
export type Backing = { readonly engine: Database['engine']; close(): Promise<void> };

/** Makes a database of a pool, whichever engine answers at its other end. */
export function createPooledDatabase(pool: pg.Pool, backing: Backing): Database {
  const queryable = createQueryable(pool);
  return {
    ...queryable,
    engine: backing.engine,
    transaction: (work) => runTransaction(pool, work, begin),
    commitOnce: (work) =>
      commitOnce(
        {
          begin: (tried, onBegin) => runTransaction(pool, tried, async (client) => onBegin(await beginWithId(client))),
          query: queryable.query,
        },
        work,
      ),
    isReady: () => isReady(pool),
    close: async () => {
      await pool.end();
      await backing.close();
    },
  };
}

function createQueryable(source: pg.Pool | pg.PoolClient): Queryable {
  const orm = drizzle(withStoreFailures(source), { schema });
  return {
    orm,
    query: async <Row>(statement: SQL) => {
      const result = await orm.execute(statement).catch(throwStoreFailure);
      // Safe because the caller names the columns of its own statement.
      return result.rows as readonly Row[];
    },
    queryPrepared: async <Row>({ name, text, values }: PreparedStatement) => {
      const result = await source.query({ name, text, values: [...values] }).catch(throwStoreFailure);
      // Safe because the caller names the columns of its own statement.
      return result.rows as readonly Row[];
    },
  };
}

/** What drizzle asks through, so that its own errors, too, have the store's failure as their cause. */
function withStoreFailures<Source extends pg.Pool | pg.PoolClient>(source: Source): Source {
  // Safe because drizzle only uses the form that gives a promise.
  const ask = source.query.bind(source) as (...question: readonly unknown[]) => Promise<unknown>;
  const query = (...question: readonly unknown[]) => ask(...question).catch(throwStoreFailure);
  return new Proxy(source, { get: (target, name): unknown => (name === 'query' ? query : Reflect.get(target, name, target)) });
}

async function begin(client: pg.PoolClient): Promise<void> {
  await client.query('BEGIN');
}

/** In one message, because each costs a way there and back. */
async function beginWithId(client: pg.PoolClient): Promise<string> {
  // Safe because pg gives one result per statement when there are several, which its types do not say.
  const results = (await client.query('BEGIN; SELECT pg_current_xact_id() AS id')) as unknown as readonly pg.QueryResult<{ id: string }>[];
  return results[1]?.rows[0]?.id ?? '';
}

async function runTransaction<T>(
  pool: pg.Pool,
  work: (tx: Queryable) => Promise<T>,
  start: (client: pg.PoolClient) => Promise<void>,
): Promise<T> {
  const client = await pool.connect().catch(throwStoreFailure);
  // A connection that breaks between two statements emits; the next statement reports it.
  client.on('error', ignoreError);
  try {
    await start(client);
    const result = await work(createQueryable(client));
    await client.query('COMMIT');
    leave(client);
    return result;
  } catch (error) {
    const failure = storeFailure(error);
    // A connection that failed is thrown away, which rolls back; asking it for a ROLLBACK could wait once more.
    const isBroken = failure instanceof StoreUnavailableError || !(await client.query('ROLLBACK').then(isTrue, isFalse));
    leave(client, isBroken);
    throw failure;
  }
}

function leave(client: pg.PoolClient, isBroken = false): void {
  client.off('error', ignoreError);
  client.release(isBroken);
}

/** Never rejects, never waits longer than its bound. */
async function isReady(pool: pg.Pool): Promise<boolean> {
  const tooLate = new AbortController();
  try {
    return await Promise.race([isWritable(pool), wait(READY_TIMEOUT_MS, false, { signal: tooLate.signal })]);
  } catch {
    return false;
  } finally {
    tooLate.abort();
  }
}

/** A standby answers reads, but would refuse every batch. */
async function isWritable(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ is_standby: boolean }>('SELECT pg_is_in_recovery() AS is_standby');
  return rows[0]?.is_standby === false;
}

function throwStoreFailure(error: unknown): never {
  throw storeFailure(error);
}

function ignoreError(): void {}

function isTrue(): boolean {
  return true;
}

function isFalse(): boolean {
  return false;
}
