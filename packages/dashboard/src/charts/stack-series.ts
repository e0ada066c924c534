import { toPicoUsd } from '@llmobserve/protocol';
import type { CostGroup, CostPoint, CostReport, PicoUsd } from '@llmobserve/protocol';

import { countOf, readPreviousUsd, readUsd } from '../components/index.ts';
import type { ChartBucket, ChartSeries, SeriesColour, Stack } from './stack.ts';

export type StackInput = {
  readonly report: CostReport;
  readonly dimension: string;
  readonly buckets: readonly ChartBucket[];
  readonly previousBuckets: readonly ChartBucket[];
  /** The bucket an instant belongs to. */
  readonly keyOf: (at: string) => string;
  readonly nameOf: (value: string | null) => string;
  readonly colourOf: (value: string) => SeriesColour;
};

const MAX_SERIES = 8;
const MIN_SHARE_PERCENT = 3n;

/** Lays out a report as stacked series: the dearest eight of at least 3 %, the rest joined as "other", nothing lost. */
export function stackSeries(input: StackInput): Stack {
  const { report, buckets } = input;
  const total = readUsd(report.total.costUsd);
  const shown = report.groups
    .filter((group) => readUsd(group.costUsd) * 100n >= total * MIN_SHARE_PERCENT && readUsd(group.costUsd) > 0n)
    .slice(0, MAX_SERIES);
  const series = shown.map((group) => seriesOf(group, input));
  const totals = bucketCosts(report.total.series ?? [], buckets, input.keyOf);
  const other = restOf(input, { series, totals, total });
  return {
    buckets,
    series: other ? [...series, other] : series,
    totals,
    previous: hasPrevious(report) ? bucketCosts(report.total.previousSeries ?? [], input.previousBuckets, input.keyOf) : undefined,
    previousTitles: input.previousBuckets.map((bucket) => bucket.label),
  };
}

/** A period before that cost nothing is left away: drawn, it would be a line on the ground. */
function hasPrevious(report: CostReport): boolean {
  return readPreviousUsd(report.total.previousCostUsd) !== undefined;
}

function seriesOf(group: CostGroup, input: StackInput): ChartSeries {
  const value = group.key[input.dimension] ?? null;
  return {
    value: value ?? '',
    name: input.nameOf(value),
    colour: input.colourOf(value ?? ''),
    total: readUsd(group.costUsd),
    previousTotal: hasPrevious(input.report) ? readUsd(group.previousCostUsd ?? '0') : undefined,
    costs: bucketCosts(group.series ?? [], input.buckets, input.keyOf),
  };
}

type Shown = { readonly series: readonly ChartSeries[]; readonly totals: readonly PicoUsd[]; readonly total: PicoUsd };

/** What is left of the total, so that the parts always add up to it. */
function restOf(input: StackInput, shown: Shown): ChartSeries | undefined {
  const { report } = input;
  const groups = report.groups.length + (report.other?.groups ?? 0) - shown.series.length;
  if (groups <= 0) return undefined;
  const costs = shown.totals.map((sum, index) =>
    minus(
      sum,
      shown.series.map((one) => one.costs[index] ?? 0n),
    ),
  );
  const previous = readPreviousUsd(report.total.previousCostUsd);
  return {
    value: undefined,
    name: countOf(groups, 'other'),
    colour: 'other',
    total: minus(
      shown.total,
      shown.series.map((one) => one.total),
    ),
    previousTotal:
      previous === undefined
        ? undefined
        : minus(
            previous,
            shown.series.map((one) => one.previousTotal ?? 0n),
          ),
    costs,
  };
}

/** Adds points up per bucket; a point whose bucket is not shown is counted in none. */
function bucketCosts(points: readonly CostPoint[], buckets: readonly ChartBucket[], keyOf: (at: string) => string): readonly PicoUsd[] {
  const sums = new Map<string, bigint>();
  for (const point of points) {
    const key = keyOf(point.at);
    sums.set(key, (sums.get(key) ?? 0n) + readUsd(point.costUsd));
  }
  return buckets.map((bucket) => toPicoUsd(sums.get(bucket.key) ?? 0n));
}

function minus(whole: bigint, parts: readonly bigint[]): PicoUsd {
  return toPicoUsd(parts.reduce((rest, part) => rest - part, whole));
}
