import { sql } from 'drizzle-orm';

import type { Database } from './database.ts';

/** Lets the embedded engine learn how its rows are spread; a PostgreSQL server does so by itself. */
export async function refreshStatistics(database: Database): Promise<void> {
  if (database.engine === 'postgres') return;
  // Only what reads are planned by: looking at every column would keep the one session busy for ten times as long.
  await database.query(sql`ANALYZE trace_events (workspace_id, started_at, kind, customer_id, model)`);
}
