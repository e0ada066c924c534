import type { Proof } from '@llmobserve/protocol';
import { sql } from 'drizzle-orm';

import type { Queryable } from '../store/index.ts';
import { eventsWhere, instant } from './call-filter.ts';
import type { UsageQuestion } from './sum-usage.ts';
import { startOfInterval } from './zoned-time.ts';

/** What came in, and what is known about it? Losses are those of the whole workspace: nobody knows whose they were. */
export async function countProof(store: Queryable, workspaceId: string, question: UsageQuestion): Promise<Proof> {
  const { range, filters } = question;
  const [row] = await store.query<Proof>(sql`
    SELECT
      count(*)::int AS received,
      (count(*) FILTER (WHERE kind <> 'section' AND cost_quality = 'unpriced'))::int AS unpriced,
      (count(*) FILTER (WHERE kind <> 'section' AND cost_quality = 'estimated'))::int AS estimated,
      (count(*) FILTER (WHERE kind <> 'section' AND customer_id IS NULL))::int AS unattributed,
      (
        SELECT coalesce(sum(count), 0)::float8
        FROM loss_reports
        WHERE workspace_id = ${workspaceId}::uuid
          AND hour >= ${instant(startOfInterval(range.fromMs, 'hour', 'UTC'))} AND hour < ${instant(range.toMs)}
      ) AS lost
    FROM trace_events
    WHERE ${eventsWhere(workspaceId, range, filters)}
  `);
  return row ?? { received: 0, unpriced: 0, estimated: 0, unattributed: 0, lost: 0 };
}
