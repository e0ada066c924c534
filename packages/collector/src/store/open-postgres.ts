import pg from 'pg';

import { StartError } from '../failures.ts';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { createPooledDatabase } from './pooled-database.ts';
import { reasonOf } from './reason-of.ts';

/** Two committers, a job, and the reads of a few people at once. */
const MAX_CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 5000;
const STATEMENT_TIMEOUT_MS = 5000;
/** For a server that hangs and therefore cannot keep its own timeout. */
const ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 500;
const IDLE_TIMEOUT_MS = 30_000;
/** A new schema may rewrite a table. */
const MIGRATION_TIMEOUT_MS = 600_000;

export type OpenPostgresDeps = { readonly log: { warn(message: string): void } };

/**
 * Opens a pool to a PostgreSQL server that answers, and brings its schema up to date.
 *
 * @throws {StartError} when the server does not answer, or the schema cannot be brought up to date.
 */
export async function openPostgres(deps: OpenPostgresDeps, url: string): Promise<Database> {
  const patient = createPool(url, { max: 1, statement_timeout: MIGRATION_TIMEOUT_MS, query_timeout: MIGRATION_TIMEOUT_MS });
  try {
    await warnOfUnsafeSettings(deps, patient).catch((error: unknown) => throwUnreachable(url, error));
    await migrate(createPooledDatabase(patient, { engine: 'postgres', close: async () => {} }));
  } finally {
    await patient.end();
  }
  const pool = createPool(url, { max: MAX_CONNECTIONS, statement_timeout: STATEMENT_TIMEOUT_MS, query_timeout: ANSWER_TIMEOUT_MS });
  return createPooledDatabase(pool, { engine: 'postgres', close: async () => {} });
}

function createPool(connectionString: string, limits: Pick<pg.PoolConfig, 'max' | 'statement_timeout' | 'query_timeout'>): pg.Pool {
  const pool = new pg.Pool({
    ...limits,
    connectionString,
    application_name: 'llmobserve-collector',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    keepAlive: true,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
}

/** Acknowledged events survive a power cut only if a commit waits for the disk. */
async function warnOfUnsafeSettings(deps: OpenPostgresDeps, pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT name FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') AND setting = 'off' ORDER BY name",
  );
  if (rows.length === 0) return;
  const names = rows.map((row) => row.name).join(' and ');
  deps.log.warn(`PostgreSQL runs with ${names} off: events that were acknowledged can be lost when the server loses power. Turn it on.`);
}

/** The URL is named without its password. */
function throwUnreachable(url: string, error: unknown): never {
  const { host, pathname } = new URL(url);
  throw new StartError(
    `The database ${host}${pathname} cannot be used (${reasonOf(error)}). ` +
      'Check that the server runs and that DATABASE_URL names its host, port, user, password and database.',
    { cause: error },
  );
}
