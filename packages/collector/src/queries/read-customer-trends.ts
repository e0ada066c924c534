import { formatUsd, type UsdText } from '@llmobserve/protocol';
import { sql } from 'drizzle-orm';

import type { Queryable } from '../store/index.ts';
import { callsWhere, instants } from './call-filter.ts';
import { addDays, dayAt, startOfDay } from './zoned-time.ts';

const TREND_DAYS = 14;

export type TrendQuestion = { readonly ids: readonly string[]; readonly toMs: number; readonly timeZone: string };

/** What did each of these customers cost on each of the last 14 days before an instant, oldest first? */
export async function readCustomerTrends(
  store: Queryable,
  workspaceId: string,
  question: TrendQuestion,
): Promise<ReadonlyMap<string, readonly UsdText[]>> {
  const { ids, toMs, timeZone } = question;
  if (ids.length === 0) return new Map();
  const lastDayMs = startOfDay(dayAt(toMs - 1, timeZone), timeZone);
  const days = Array.from({ length: TREND_DAYS }, (_, index) => addDays(lastDayMs, index + 1 - TREND_DAYS, timeZone));
  const range = { fromMs: days[0] ?? lastDayMs, toMs };
  const rows = await store.query<{ readonly customer_id: string; readonly day: number; readonly cost: string }>(sql`
    SELECT customer_id, width_bucket(started_at, ${instants(days)}) AS day, sum(cost_pico)::text AS cost
    FROM trace_events
    WHERE ${callsWhere(workspaceId, range, [{ dimension: 'customer', values: ids }])}
    GROUP BY customer_id, day
  `);
  const byCustomer = Map.groupBy(rows, (row) => row.customer_id);
  return new Map(ids.map((id) => [id, days.map((_, index) => costOn(byCustomer.get(id) ?? [], index + 1))]));
}

function costOn(rows: readonly { readonly day: number; readonly cost: string }[], day: number): UsdText {
  return formatUsd(BigInt(rows.find((row) => row.day === day)?.cost ?? 0n));
}
