import type { Usage } from '@llmobserve/protocol';
import { sql } from 'drizzle-orm';

import type { Queryable } from '../store/index.ts';
import { callsWhere, type DimensionFilter } from './call-filter.ts';
import type { TimeRange } from './time-buckets.ts';

export type UsageQuestion = { readonly range: TimeRange; readonly filters: readonly DimensionFilter[] };

/** How much of each unit was used? */
export async function sumUsage(store: Queryable, workspaceId: string, question: UsageQuestion): Promise<Usage> {
  const rows = await store.query<{ readonly unit: string; readonly quantity: string }>(sql`
    SELECT unit, sum(quantity::numeric)::text AS quantity
    FROM trace_events
    CROSS JOIN LATERAL jsonb_each(usage) AS used (unit, quantity)
    WHERE ${callsWhere(workspaceId, question.range, question.filters)}
    GROUP BY unit
    ORDER BY unit COLLATE "C"
  `);
  return Object.fromEntries(rows.map((row) => [row.unit, Number(row.quantity)]));
}
