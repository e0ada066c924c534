import type { UnpricedModel } from '@llmobserve/protocol';
import { sql } from 'drizzle-orm';

import type { Database } from '../store/index.ts';
import { callsWhere } from './call-filter.ts';
import { inSnapshot } from './in-snapshot.ts';
import type { TimeRange } from './time-buckets.ts';

const MAX_MODELS = 200;

type Row = {
  readonly provider: string;
  readonly model: string | null;
  readonly calls: number;
  readonly first_seen_ms: number;
  readonly last_seen_ms: number;
};

/** Which models came without a rate, the most called first? */
export async function listUnpricedModels(database: Database, workspaceId: string, range: TimeRange): Promise<readonly UnpricedModel[]> {
  const rows = await inSnapshot(database, (snapshot) =>
    snapshot.query<Row>(sql`
      SELECT
        provider,
        coalesce(model, requested_model) AS model,
        count(*)::int AS calls,
        (extract(epoch FROM min(started_at)) * 1000)::float8 AS first_seen_ms,
        (extract(epoch FROM max(started_at)) * 1000)::float8 AS last_seen_ms
      FROM trace_events
      WHERE ${callsWhere(workspaceId, range, [])} AND cost_quality = 'unpriced'
      GROUP BY 1, 2
      ORDER BY calls DESC, 1, 2
      LIMIT ${MAX_MODELS}
    `),
  );
  return rows.map((row) => ({
    provider: row.provider,
    model: row.model,
    calls: row.calls,
    firstSeenAt: new Date(row.first_seen_ms).toISOString(),
    lastSeenAt: new Date(row.last_seen_ms).toISOString(),
  }));
}
