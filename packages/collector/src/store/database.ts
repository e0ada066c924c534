import type { SQL } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';

import type * as schema from './schema/index.ts';

/** Drizzle over the whole schema; for reads and small writes, never for bulk writes. */
export type Orm = NodePgDatabase<typeof schema>;

/** A statement that is planned once per connection under its name. */
export type PreparedStatement = { readonly name: string; readonly text: string; readonly values: readonly unknown[] };

/** What a statement needs: the database itself, or a transaction of it. */
export type Queryable = {
  readonly orm: Orm;
  query<Row>(statement: SQL): Promise<readonly Row[]>;
  /** The bulk path: past drizzle, values as the driver writes them. */
  queryPrepared<Row>(statement: PreparedStatement): Promise<readonly Row[]>;
};

/** Embedded PGlite or a PostgreSQL server behind one type; every method throws `StoreUnavailableError` when it cannot answer now. */
export type Database = Queryable & {
  readonly engine: 'embedded' | 'postgres';
  /**
   * Runs the work on one connection and commits it, or rolls all of it back.
   *
   * Inside, use only `tx`: the embedded engine has a single connection, so the database itself would wait for ever.
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /**
   * A transaction whose result is true even when its connection broke: it is tried once more when it left nothing, and not again
   * when only the answer to its COMMIT was lost. Ask for it where work may be done twice but must not be told twice.
   */
  commitOnce<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** True when a write would be taken now; answers within a second. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
};
