import { sql } from 'drizzle-orm';

import type { Database, Queryable } from '../store/index.ts';

/** How long one statement of a read may take before the store ends it. */
const STATEMENT_TIMEOUT_MS = 5_000;

/** Asks several questions of one moment, so that their answers add up while events keep coming in. */
export function inSnapshot<T>(database: Database, ask: (snapshot: Queryable) => Promise<T>): Promise<T> {
  return database.transaction(async (snapshot) => {
    await snapshot.query(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`);
    await snapshot.query(sql.raw(`SET LOCAL statement_timeout = ${STATEMENT_TIMEOUT_MS}`));
    return ask(snapshot);
  });
}
