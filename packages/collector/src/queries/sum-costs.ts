import type { CostDimension } from '@llmobserve/protocol';
import { sql, type SQL } from 'drizzle-orm';

import type { Queryable } from '../store/index.ts';
import { callsWhere, dimensionColumn, instant, instants, type DimensionFilter } from './call-filter.ts';
import type { TimeRange } from './time-buckets.ts';

export type CostSumsQuestion = {
  readonly range: TimeRange;
  /** The range right before, when it is to be compared with; it must end where `range` begins. */
  readonly previous: TimeRange | undefined;
  readonly groupBy: readonly CostDimension[];
  readonly filters: readonly DimensionFilter[];
  readonly limit: number;
  /** Where buckets of the range and of the one before begin; none for one sum over each range. */
  readonly buckets: readonly number[];
  readonly previousBuckets: readonly number[];
};

/** Cost and calls of one group in one bucket; groups beyond the limit share the place after the last. */
export type CostSum = {
  /** 1 for the dearest group. */
  readonly place: number;
  readonly keys: readonly (string | null)[];
  readonly isPrevious: boolean;
  /** 1 for the first bucket. */
  readonly bucket: number;
  readonly costPico: bigint;
  readonly calls: number;
  /** How many groups have calls in the range, over all places. */
  readonly groupCount: number;
};

type Row = {
  readonly place: number;
  readonly k1: string | null;
  readonly k2: string | null;
  readonly is_previous: boolean;
  readonly bucket: number;
  readonly cost: string;
  readonly calls: number;
  readonly group_count: number;
};

/** What did each group cost, in each bucket, dearest group first? */
export async function sumCosts(store: Queryable, workspaceId: string, question: CostSumsQuestion): Promise<readonly CostSum[]> {
  const rows = await store.query<Row>(costSums(workspaceId, question));
  return rows.map((row) => ({
    place: row.place,
    keys: [row.k1, row.k2].slice(0, question.groupBy.length),
    isPrevious: row.is_previous,
    bucket: row.bucket,
    costPico: BigInt(row.cost),
    calls: row.calls,
    groupCount: row.group_count,
  }));
}

function costSums(workspaceId: string, question: CostSumsQuestion): SQL {
  const { range, previous, limit, buckets, previousBuckets } = question;
  const [first, second] = question.groupBy.map(dimensionColumn);
  const whole: TimeRange = { fromMs: previous?.fromMs ?? range.fromMs, toMs: range.toMs };
  const isPrevious = previous ? sql`(started_at < ${instant(range.fromMs)})` : sql`false`;
  return sql`
    WITH calls AS (
      SELECT
        ${first ?? sql`NULL::text`} AS k1,
        ${second ?? sql`NULL::text`} AS k2,
        ${isPrevious} AS is_previous,
        CASE WHEN ${isPrevious} THEN ${bucketOf(previousBuckets)} ELSE ${bucketOf(buckets)} END AS bucket,
        cost_pico
      FROM trace_events
      WHERE ${callsWhere(workspaceId, whole, question.filters)}
    ),
    sums AS (
      SELECT k1, k2, is_previous, bucket, sum(cost_pico) AS cost, count(*) AS calls
      FROM calls
      GROUP BY k1, k2, is_previous, bucket
    ),
    weighed AS (
      SELECT
        *,
        coalesce(sum(cost) FILTER (WHERE NOT is_previous) OVER of_group, 0) AS group_cost,
        coalesce(sum(calls) FILTER (WHERE NOT is_previous) OVER of_group, 0) AS group_calls
      FROM sums
      WINDOW of_group AS (PARTITION BY k1, k2)
    ),
    placed AS (
      SELECT
        *,
        dense_rank() OVER (
          ORDER BY (group_calls = 0), group_cost DESC, group_calls DESC, k1 COLLATE "C" NULLS LAST, k2 COLLATE "C" NULLS LAST
        ) AS place
      FROM weighed
    ),
    counted AS (
      SELECT *, coalesce(max(place) FILTER (WHERE group_calls > 0) OVER (), 0) AS group_count FROM placed
    )
    SELECT
      least(place, ${limit}::int + 1)::int AS place,
      CASE WHEN place <= ${limit}::int THEN k1 END AS k1,
      CASE WHEN place <= ${limit}::int THEN k2 END AS k2,
      is_previous,
      bucket::int AS bucket,
      sum(cost)::text AS cost,
      sum(calls)::int AS calls,
      max(group_count)::int AS group_count
    FROM counted
    GROUP BY 1, 2, 3, is_previous, bucket
    ORDER BY 1, is_previous, bucket
  `;
}

/** Finding a bucket costs more than adding to it, so it is not done where there is one. */
function bucketOf(startsMs: readonly number[]): SQL {
  return startsMs.length > 1 ? sql`width_bucket(started_at, ${instants(startsMs)})` : sql`1`;
}
