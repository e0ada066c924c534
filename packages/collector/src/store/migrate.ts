import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { fileURLToPath } from 'node:url';

import { StartError } from '../failures.ts';
import type { Database, Queryable } from './database.ts';
import { reasonOf } from './reason-of.ts';

/** Any number, as long as every collector takes the same one. */
const MIGRATION_LOCK = 7_226_514_301;
/** A table that is in use is waited for this long, so that readers and writers behind us are not held up. */
const LOCK_TIMEOUT = '5s';

type Migration = { readonly at: number; readonly statements: readonly string[] };

/**
 * Brings the schema up to date in one transaction: of several starters one does it, the others wait and go on.
 *
 * @throws {StartError} when it cannot be done now; nothing is changed then, and the next start tries again.
 */
export async function migrate(database: Database): Promise<void> {
  const migrations = readMigrations();
  try {
    await database.transaction(async (tx) => {
      await tx.query(sql`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
      await tx.query(sql.raw(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`));
      await applyMissing(tx, migrations);
    });
  } catch (error) {
    throw new StartError(
      `The database schema could not be brought up to date (${reasonOf(error)}). Nothing was changed; start again to retry.`,
      {
        cause: error,
      },
    );
  }
}

/** Beside this file when run from source, beside the bundle when built: the build copies the folder. */
function readMigrations(): readonly Migration[] {
  const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));
  return readMigrationFiles({ migrationsFolder }).map((file) => ({ at: file.folderMillis, statements: file.sql }));
}

async function applyMissing(tx: Queryable, migrations: readonly Migration[]): Promise<void> {
  await tx.query(sql`
    CREATE TABLE IF NOT EXISTS schema_migrations (made_at bigint PRIMARY KEY, applied_at timestamptz NOT NULL)
  `);
  const applied = await tx.query<{ made_at: string }>(sql`SELECT made_at FROM schema_migrations`);
  const known = new Set(applied.map((row) => Number(row.made_at)));
  for (const migration of migrations) {
    if (known.has(migration.at)) continue;
    for (const statement of migration.statements) await tx.query(sql.raw(statement));
    await tx.query(sql`INSERT INTO schema_migrations (made_at, applied_at) VALUES (${migration.at}, clock_timestamp())`);
  }
}
