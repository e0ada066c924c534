import { formatUsd, type CustomerSummary, type Tags } from '@llmobserve/protocol';
import { sql, type SQL } from 'drizzle-orm';

import type { Database, Queryable } from '../store/index.ts';
import { callsWhere, instant } from './call-filter.ts';
import { inSnapshot } from './in-snapshot.ts';
import { readCustomerTrends } from './read-customer-trends.ts';
import type { TimeRange } from './time-buckets.ts';

export const CUSTOMER_SORTS = ['costUsd', 'calls', 'name', 'firstSeenAt', 'lastSeenAt'] as const;
export type CustomerSort = (typeof CUSTOMER_SORTS)[number];

/** Where the page before ended. */
export type CustomerCursor = { readonly sorted: string; readonly id: string };

export type CustomersQuestion = {
  readonly range: TimeRange;
  readonly previous: TimeRange | undefined;
  readonly timeZone: string;
  readonly search: string | undefined;
  readonly sort: CustomerSort;
  readonly isDescending: boolean;
  readonly after: CustomerCursor | undefined;
  readonly limit: number;
};

export type CustomersAnswer = {
  readonly items: readonly CustomerSummary[];
  readonly next: CustomerCursor | undefined;
  readonly total: number;
};

type Row = {
  readonly id: string;
  readonly name: string | null;
  readonly plan: string | null;
  readonly tags: Tags | null;
  readonly first_seen_ms: number;
  readonly last_seen_ms: number;
  readonly cost: string;
  readonly calls: number;
  readonly previous_cost: string;
  readonly sorted: string;
  readonly total: number;
};

/** Which customers are there, and what did each cost in a range? */
export async function listCustomers(database: Database, workspaceId: string, question: CustomersQuestion): Promise<CustomersAnswer> {
  return inSnapshot(database, async (snapshot) => {
    const rows = await listRows(snapshot, workspaceId, question);
    const shown = rows.slice(0, question.limit);
    const ids = shown.map((row) => row.id);
    const trends = await readCustomerTrends(snapshot, workspaceId, { ids, toMs: question.range.toMs, timeZone: question.timeZone });
    const last = rows.length > question.limit ? shown.at(-1) : undefined;
    return {
      items: shown.map((row) => ({ ...summaryOf(row, question.previous !== undefined), trend: trends.get(row.id) ?? [] })),
      next: last && { sorted: last.sorted, id: last.id },
      total: rows[0]?.total ?? (await countCustomers(snapshot, workspaceId, question.search)),
    };
  });
}

function listRows(store: Queryable, workspaceId: string, question: CustomersQuestion): Promise<readonly Row[]> {
  const { range, previous, after } = question;
  const whole: TimeRange = { fromMs: previous?.fromMs ?? range.fromMs, toMs: range.toMs };
  const direction = question.isDescending ? sql`DESC` : sql`ASC`;
  const beyond = question.isDescending ? sql`<` : sql`>`;
  const sorted = SORT_COLUMNS[question.sort];
  return store.query<Row>(sql`
    WITH spent AS (
      SELECT
        customer_id,
        coalesce(sum(cost_pico) FILTER (WHERE started_at >= ${instant(range.fromMs)}), 0) AS cost,
        count(*) FILTER (WHERE started_at >= ${instant(range.fromMs)}) AS calls,
        coalesce(sum(cost_pico) FILTER (WHERE started_at < ${instant(range.fromMs)}), 0) AS previous_cost
      FROM trace_events
      WHERE ${callsWhere(workspaceId, whole, [])} AND customer_id IS NOT NULL
      GROUP BY customer_id
    ),
    listed AS (
      SELECT
        customers.id, name, plan, tags, first_seen_at, last_seen_at,
        coalesce(cost, 0) AS cost, coalesce(calls, 0) AS calls, coalesce(previous_cost, 0) AS previous_cost
      FROM customers
      LEFT JOIN spent ON spent.customer_id = customers.id
      WHERE workspace_id = ${workspaceId}::uuid AND ${searchClause(question.search)}
    )
    SELECT
      id, name, plan, tags, cost::text AS cost, calls::int AS calls, previous_cost::text AS previous_cost,
      (extract(epoch FROM first_seen_at) * 1000)::float8 AS first_seen_ms,
      (extract(epoch FROM last_seen_at) * 1000)::float8 AS last_seen_ms,
      (${sorted.expression})::text AS sorted,
      (SELECT count(*) FROM listed)::int AS total
    FROM listed
    WHERE ${after ? sql`(${sorted.expression}, id COLLATE "C") ${beyond} (${after.sorted}::${sorted.type}, ${after.id} COLLATE "C")` : sql`true`}
    ORDER BY ${sorted.expression} ${direction}, id COLLATE "C" ${direction}
    LIMIT ${question.limit + 1}
  `);
}

const SORT_COLUMNS: Readonly<Record<CustomerSort, { readonly expression: SQL; readonly type: SQL }>> = {
  costUsd: { expression: sql`listed.cost`, type: sql`numeric` },
  calls: { expression: sql`listed.calls`, type: sql`int8` },
  name: { expression: sql`lower(coalesce(name, id)) COLLATE "C"`, type: sql`text COLLATE "C"` },
  firstSeenAt: { expression: sql`(extract(epoch FROM first_seen_at) * 1000)::int8`, type: sql`int8` },
  lastSeenAt: { expression: sql`(extract(epoch FROM last_seen_at) * 1000)::int8`, type: sql`int8` },
};

/** A page past the last row has no row to carry the total. */
async function countCustomers(store: Queryable, workspaceId: string, search: string | undefined): Promise<number> {
  const [row] = await store.query<{ readonly total: number }>(sql`
    SELECT count(*)::int AS total FROM customers WHERE workspace_id = ${workspaceId}::uuid AND ${searchClause(search)}
  `);
  return row?.total ?? 0;
}

function searchClause(search: string | undefined): SQL {
  if (search === undefined) return sql`true`;
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return sql`(customers.id ILIKE ${pattern}::text OR name ILIKE ${pattern}::text)`;
}

function summaryOf(row: Row, isCompared: boolean): CustomerSummary {
  return {
    id: row.id,
    ...(row.name === null ? {} : { name: row.name }),
    ...(row.plan === null ? {} : { plan: row.plan }),
    ...(row.tags === null ? {} : { tags: row.tags }),
    costUsd: formatUsd(BigInt(row.cost)),
    calls: row.calls,
    ...(isCompared ? { previousCostUsd: formatUsd(BigInt(row.previous_cost)) } : {}),
    firstSeenAt: new Date(row.first_seen_ms).toISOString(),
    lastSeenAt: new Date(row.last_seen_ms).toISOString(),
  };
}
