import type { CostInterval } from '@llmobserve/protocol';

import { nextInterval, startOfInterval } from './zoned-time.ts';

/** from ≤ t < to, in milliseconds since 1970 UTC. */
export type TimeRange = { readonly fromMs: number; readonly toMs: number };

/** Lists where each hour, day, week or month of a range begins; the first may begin before the range does. */
export function timeBuckets(range: TimeRange, interval: CostInterval, timeZone: string): readonly number[] {
  const starts: number[] = [];
  let startMs = startOfInterval(range.fromMs, interval, timeZone);
  while (startMs < range.toMs) {
    starts.push(startMs);
    startMs = nextInterval(startMs, interval, timeZone);
  }
  return starts;
}

const SHORTEST_MS: Readonly<Record<CostInterval, number>> = {
  // Twice a year an hour is cut short where clocks move by half an hour: less than ten seconds an hour.
  hour: 3_590_000,
  day: 23 * 3_600_000,
  week: 7 * 24 * 3_600_000 - 3_600_000,
  month: 28 * 24 * 3_600_000 - 3_600_000,
};

/** At least as many buckets as a range can have; told without listing them. */
export function countBucketsAtMost(range: TimeRange, interval: CostInterval): number {
  return Math.ceil((range.toMs - range.fromMs) / SHORTEST_MS[interval]) + 2;
}
