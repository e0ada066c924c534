import { formatUsd, type CostDimension, type CostGroup, type CostInterval, type CostPoint, type CostReport } from '@llmobserve/protocol';

import type { Database } from '../store/index.ts';
import type { DimensionFilter } from './call-filter.ts';
import { inSnapshot } from './in-snapshot.ts';
import { sumCosts, type CostSum } from './sum-costs.ts';
import { tallyEvents } from './tally-events.ts';
import { timeBuckets, type TimeRange } from './time-buckets.ts';

export type CostQuestion = {
  readonly range: TimeRange;
  readonly previous: TimeRange | undefined;
  readonly timeZone: string;
  /** None, one or two dimensions. */
  readonly groupBy: readonly CostDimension[];
  readonly interval: CostInterval | undefined;
  readonly filters: readonly DimensionFilter[];
  readonly limit: number;
};

/** What did the calls of a range cost, by group and over time? */
export async function readCostReport(database: Database, workspaceId: string, question: CostQuestion): Promise<CostReport> {
  const { range, interval, timeZone } = question;
  const buckets = bucketsOf(range, interval, timeZone);
  const previousBuckets = question.previous ? bucketsOf(question.previous, interval, timeZone) : [];
  const { sums, usage, proof } = await inSnapshot(database, async (snapshot) => ({
    sums: await sumCosts(snapshot, workspaceId, { ...question, buckets, previousBuckets }),
    ...(await tallyEvents(snapshot, workspaceId, question)),
  }));
  const write = summaryWriter(question, buckets, previousBuckets);
  const totalPico = addUp(sums.filter((sum) => !sum.isPrevious)).costPico;
  const other = write.other(sums);
  return {
    currency: 'USD',
    timeZone,
    from: new Date(range.fromMs).toISOString(),
    to: new Date(range.toMs).toISOString(),
    total: { ...write.summary(sums), usage, ...write.previousSeries(sums) },
    groups: write.groups(sums, totalPico),
    ...(other ? { other } : {}),
    proof,
  };
}

function bucketsOf(range: TimeRange, interval: CostInterval | undefined, timeZone: string): readonly number[] {
  return interval ? timeBuckets(range, interval, timeZone) : [range.fromMs];
}

type Summary = Pick<CostGroup, 'costUsd' | 'calls' | 'previousCostUsd' | 'previousCalls' | 'series'>;

function summaryWriter(question: CostQuestion, buckets: readonly number[], previousBuckets: readonly number[]) {
  const summary = (sums: readonly CostSum[]): Summary => {
    const now = sums.filter((sum) => !sum.isPrevious);
    const before = addUp(sums.filter((sum) => sum.isPrevious));
    return {
      ...written(addUp(now)),
      ...(question.previous ? { previousCostUsd: formatUsd(before.costPico), previousCalls: before.calls } : {}),
      ...(question.interval ? { series: points(now, buckets) } : {}),
    };
  };
  return {
    summary,
    previousSeries: (sums: readonly CostSum[]) => {
      if (!question.previous || !question.interval) return {};
      return {
        previousSeries: points(
          sums.filter((sum) => sum.isPrevious),
          previousBuckets,
        ),
      };
    },
    groups: (sums: readonly CostSum[], totalPico: bigint): readonly CostGroup[] => {
      if (question.groupBy.length === 0) return [{ key: {}, ...summary(sums), share: share(totalPico, totalPico) }];
      return groupsWithCalls(sums, question.limit).map((group) => ({
        key: keyOf(question.groupBy, group),
        ...summary(group),
        share: share(addUp(group.filter((sum) => !sum.isPrevious)).costPico, totalPico),
      }));
    },
    other: (sums: readonly CostSum[]): CostReport['other'] => {
      const groups = (sums[0]?.groupCount ?? 0) - question.limit;
      if (groups <= 0) return undefined;
      const now = sums.filter((sum) => sum.place > question.limit && !sum.isPrevious);
      return { ...written(addUp(now)), groups, ...(question.interval ? { series: points(now, buckets) } : {}) };
    },
  };
}

/** Groups that only the range before knew count in its total, and are no groups of this one. */
function groupsWithCalls(sums: readonly CostSum[], limit: number): readonly (readonly CostSum[])[] {
  const byPlace = Map.groupBy(sums, (sum) => sum.place);
  byPlace.delete(limit + 1);
  return [...byPlace.values()].filter((group) => group.some((sum) => !sum.isPrevious));
}

function keyOf(groupBy: readonly CostDimension[], group: readonly CostSum[]): CostGroup['key'] {
  return Object.fromEntries(groupBy.map((dimension, index) => [dimension, group[0]?.keys[index] ?? null]));
}

type Sum = { readonly costPico: bigint; readonly calls: number };

function addUp(sums: readonly Sum[]): Sum {
  let costPico = 0n;
  let calls = 0;
  for (const sum of sums) {
    costPico += sum.costPico;
    calls += sum.calls;
  }
  return { costPico, calls };
}

function written(sum: Sum): { costUsd: string; calls: number } {
  return { costUsd: formatUsd(sum.costPico), calls: sum.calls };
}

function points(sums: readonly CostSum[], buckets: readonly number[]): readonly CostPoint[] {
  const byBucket = Map.groupBy(sums, (sum) => sum.bucket);
  return buckets.map((startMs, index) => ({ at: new Date(startMs).toISOString(), ...written(addUp(byBucket.get(index + 1) ?? [])) }));
}

const SHARE_STEPS = 1_000_000n;

function share(partPico: bigint, totalPico: bigint): number {
  return totalPico > 0n ? Number((partPico * SHARE_STEPS) / totalPico) / Number(SHARE_STEPS) : 0;
}
