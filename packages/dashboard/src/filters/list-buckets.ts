import type { CostInterval } from '@llmobserve/protocol';

import { dayText, monthText, weekdayText } from '../components/index.ts';
import { boundsMs } from './resolve-range.ts';
import type { Range } from './resolve-range.ts';
import { addDays, startOfHourMs, startOfMonth, startOfWeek, zonedDay } from './zoned-day.ts';
import { clockText } from './clock-text.ts';

/** One bar of a chart: which points belong to it and how it is called. */
export type Bucket = { readonly key: string; readonly label: string; readonly title: string; readonly isCurrent: boolean };

type Cut = Pick<Range, 'from' | 'to' | 'interval' | 'timeZone'>;

const HOUR_MS = 3_600_000;
/** A range of hours is at most two days; a clock change adds one. */
const MAX_BUCKETS = 1500;

/** Cuts a range into its bars, each day in the range's time zone; the current one is marked. */
export function listBuckets(range: Cut, nowMs: number): readonly Bucket[] {
  const currentKey = bucketKey(nowMs, range);
  return listKeys(range).map((key) => ({ key, ...namesOf(key, range), isCurrent: key === currentKey }));
}

/** The bar an instant belongs to. */
export function bucketKey(instantMs: number, cut: Pick<Range, 'interval' | 'timeZone'>): string {
  if (cut.interval === 'hour') return new Date(startOfHourMs(instantMs, cut.timeZone)).toISOString();
  return truncateDay(zonedDay(instantMs, cut.timeZone), cut.interval);
}

function listKeys(range: Cut): readonly string[] {
  const { fromMs, toMs } = boundsMs(range);
  const keys: string[] = [];
  if (range.interval === 'hour') {
    for (let atMs = fromMs; atMs < toMs && keys.length < MAX_BUCKETS; atMs += HOUR_MS) keys.push(bucketKey(atMs, range));
    return [...new Set(keys)];
  }
  const lastDay = zonedDay(toMs - 1, range.timeZone);
  let day = truncateDay(zonedDay(fromMs, range.timeZone), range.interval);
  while (day <= lastDay && keys.length < MAX_BUCKETS) {
    keys.push(day);
    day = nextDay(day, range.interval);
  }
  return keys;
}

function truncateDay(day: string, interval: CostInterval): string {
  if (interval === 'week') return startOfWeek(day);
  return interval === 'month' ? startOfMonth(day) : day;
}

function nextDay(day: string, interval: CostInterval): string {
  if (interval === 'week') return addDays(day, 7);
  return interval === 'month' ? startOfMonth(addDays(day, 31)) : addDays(day, 1);
}

function namesOf(key: string, cut: Cut): { readonly label: string; readonly title: string } {
  if (cut.interval === 'hour') {
    const atMs = Date.parse(key);
    const clock = clockText(atMs, cut.timeZone).slice(0, 5);
    return { label: clock, title: `${weekdayText(zonedDay(atMs, cut.timeZone))}, ${clock}` };
  }
  if (cut.interval === 'month') return { label: monthText(key), title: monthText(key) };
  if (cut.interval === 'week') return { label: dayText(key), title: `Week of ${dayText(key, true)}` };
  return { label: dayText(key), title: weekdayText(key) };
}
