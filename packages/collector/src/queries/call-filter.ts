import type { CostDimension } from '@llmobserve/protocol';
import { sql, type SQL } from 'drizzle-orm';

import type { TimeRange } from './time-buckets.ts';

/** One dimension and the values that pass; null stands for unattributed. */
export type DimensionFilter = { readonly dimension: CostDimension; readonly values: readonly (string | null)[] };

const COLUMNS = {
  customer: sql`customer_id`,
  // A failed call has no answered model; it counts for the one it asked for.
  model: sql`coalesce(model, requested_model)`,
  provider: sql`provider`,
  kind: sql`kind`,
  section: sql`section`,
  agent: sql`agent`,
  run: sql`run_name`,
  environment: sql`environment`,
  key: sql`key_id::text`,
  user: sql`user_id`,
} as const satisfies Partial<Record<CostDimension, SQL>>;

/** The expression over `trace_events` that holds a dimension's value. */
export function dimensionColumn(dimension: CostDimension): SQL {
  if (isColumn(dimension)) return COLUMNS[dimension];
  return sql`(tags ->> ${dimension.slice('tag:'.length)}::text)`;
}

/** The calls of one workspace in a range that pass every filter; sections shape runs and are no calls. */
export function callsWhere(workspaceId: string, range: TimeRange, filters: readonly DimensionFilter[]): SQL {
  return sql`${eventsWhere(workspaceId, range, filters)} AND kind <> 'section'`;
}

/** All events of one workspace in a range that pass every filter. */
export function eventsWhere(workspaceId: string, range: TimeRange, filters: readonly DimensionFilter[]): SQL {
  const clauses = [
    sql`workspace_id = ${workspaceId}::uuid AND started_at >= ${instant(range.fromMs)} AND started_at < ${instant(range.toMs)}`,
    ...filters.map(filterClause),
  ];
  return sql.join(clauses, sql` AND `);
}

/** An instant as a typed parameter. */
export function instant(atMs: number): SQL {
  return sql`${new Date(atMs).toISOString()}::timestamptz`;
}

/** Instants as one array parameter, for `width_bucket`. */
export function instants(atMs: readonly number[]): SQL {
  return sql`${sql.param(atMs.map((ms) => new Date(ms).toISOString()))}::timestamptz[]`;
}

function filterClause(filter: DimensionFilter): SQL {
  const column = dimensionColumn(filter.dimension);
  const named = filter.values.filter((value) => value !== null);
  const isNamed = sql`${column} = ANY(${sql.param(named)}::text[])`;
  return named.length < filter.values.length ? sql`(${isNamed} OR ${column} IS NULL)` : isNamed;
}

function isColumn(dimension: CostDimension): dimension is keyof typeof COLUMNS {
  return Object.hasOwn(COLUMNS, dimension);
}
