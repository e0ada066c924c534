import { sql } from 'drizzle-orm';

import type { Database, Queryable } from '../database.ts';
import { monthPartitions, type MonthPartition } from './month-partition.ts';

/** A start that comes late in the month, or a job that fails for weeks, still finds its month made. */
const MONTHS_AHEAD = 2;
/** More than these stay in the default partition, where they are found just as well: moving them would hold up writers. */
const MAX_MOVED_ROWS = 20_000;
const LOCK_TIMEOUT = '2s';
/** Any number, as long as every collector takes the same one. */
const PARTITION_LOCK = 7_226_514_302;

/** What became of one month. */
export type PartitionOutcome = {
  readonly name: string;
  /** there: before; full: too many of its rows are in the default partition. */
  readonly outcome: 'made' | 'there' | 'full';
};

/** Makes the partitions of the months around now; each month is a transaction of its own, so what was made stays made. */
export async function makePartitions(database: Database, nowMs: number): Promise<readonly PartitionOutcome[]> {
  const outcomes: PartitionOutcome[] = [];
  for (const month of monthPartitions(nowMs, MONTHS_AHEAD)) {
    // One after the other: each locks the same tables.
    const outcome = await database.transaction((tx) => makePartition(tx, month));
    outcomes.push({ name: month.name, outcome });
  }
  return outcomes;
}

async function makePartition(tx: Queryable, month: MonthPartition): Promise<PartitionOutcome['outcome']> {
  if (await exists(tx, month.name)) return 'there';
  await tx.query(sql.raw(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`));
  await tx.query(sql`SELECT pg_advisory_xact_lock(${PARTITION_LOCK})`);
  // The one who held the lock before may have made it.
  if (await exists(tx, month.name)) return 'there';
  // The parent first, as everyone does, and the default partition at once in the strongest form: nobody can wait for us meanwhile.
  await tx.query(sql`LOCK TABLE ONLY trace_events IN SHARE UPDATE EXCLUSIVE MODE`);
  await tx.query(sql`LOCK TABLE trace_events_default IN ACCESS EXCLUSIVE MODE`);
  const [strays] = await tx.query<{ count: string }>(sql`
    SELECT count(*) AS count FROM (
      SELECT 1 FROM trace_events_default WHERE event_id >= ${month.fromId}::uuid AND event_id < ${month.toId}::uuid LIMIT ${MAX_MOVED_ROWS + 1}
    ) strays
  `);
  if (Number(strays?.count) > MAX_MOVED_ROWS) return 'full';
  await attachMonth(tx, month);
  return 'made';
}

/** Asks the catalogue's rows: `to_regclass` may answer from a cache that is older than the lock. */
async function exists(tx: Queryable, partition: string): Promise<boolean> {
  const [row] = await tx.query<{ exists: boolean }>(sql`
    SELECT EXISTS (
      SELECT 1 FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
      WHERE inhparent = 'trace_events'::regclass AND relname = ${partition}
    ) AS exists
  `);
  return row?.exists === true;
}

/** Ids of this month that came before its partition move into it; names and bounds are our own, so they may stand in the text. */
async function attachMonth(tx: Queryable, { name, fromId, toId }: MonthPartition): Promise<void> {
  await tx.query(sql.raw(`CREATE TABLE ${name} (LIKE trace_events INCLUDING DEFAULTS)`));
  await tx.query(
    sql.raw(`
      WITH moved AS (DELETE FROM trace_events_default WHERE event_id >= '${fromId}' AND event_id < '${toId}' RETURNING *)
      INSERT INTO ${name} SELECT * FROM moved
    `),
  );
  await tx.query(sql.raw(`ALTER TABLE trace_events ATTACH PARTITION ${name} FOR VALUES FROM ('${fromId}') TO ('${toId}')`));
}
