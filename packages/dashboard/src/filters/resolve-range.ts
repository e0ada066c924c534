import type { CostInterval } from '@llmobserve/protocol';

import { dayText } from '../components/index.ts';
import type { RangeChoice, RangePreset } from './view.ts';
import { addDays, daysBetween, startOfDayMs, startOfHourMs, startOfMonth, zonedDay } from './zoned-day.ts';
import type { Day } from './zoned-day.ts';

/** A stretch of time made exact: what to ask the collector, how to cut it, how to name it. */
export type Range = {
  /** As the collector takes it: a day of the workspace, or an instant for hours. */
  readonly from: string;
  /** Not counted any more. */
  readonly to: string;
  readonly interval: CostInterval;
  readonly timeZone: string;
  readonly label: string;
  readonly shortLabel: string;
};

const HOUR_MS = 3_600_000;
const MAX_DAYS_BY_DAY = 120;
const MAX_DAYS_BY_WEEK = 800;

/** Turns the chosen range into days and instants of the workspace's time zone. */
export function resolveRange(choice: RangeChoice, nowMs: number, timeZone: string): Range {
  if (!('preset' in choice)) return rangeOfDays(choice.firstDay, choice.lastDay, timeZone);
  const today = zonedDay(nowMs, timeZone);
  const firstDays: Readonly<Record<Exclude<RangePreset, '24h'>, Day>> = {
    '7d': addDays(today, -6),
    '30d': addDays(today, -29),
    '90d': addDays(today, -89),
    month: startOfMonth(today),
  };
  if (choice.preset === '24h') return lastDayByHours(nowMs, timeZone);
  return { ...rangeOfDays(firstDays[choice.preset], today, timeZone), shortLabel: PRESET_LABELS[choice.preset] };
}

/** The same stretch once more, right before. */
export function previousRange(range: Range): Pick<Range, 'from' | 'to' | 'interval' | 'timeZone'> {
  const { interval, timeZone } = range;
  if (isInstant(range.from)) {
    const lengthMs = Date.parse(range.to) - Date.parse(range.from);
    return { from: instant(Date.parse(range.from) - lengthMs), to: range.from, interval, timeZone };
  }
  return { from: addDays(range.from, -daysBetween(range.from, range.to)), to: range.from, interval, timeZone };
}

/** What a preset is called where there is room for words. */
export const PRESET_LABELS: Readonly<Record<RangePreset, string>> = {
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  month: 'This month',
};

/** True for an instant, false for a day. */
export function isInstant(text: string): boolean {
  return text.includes('T');
}

function rangeOfDays(firstDay: Day, lastDay: Day, timeZone: string): Range {
  const days = daysBetween(firstDay, lastDay) + 1;
  const label =
    days === 1
      ? dayText(firstDay, true)
      : `${dayText(firstDay, !sameYear(firstDay, lastDay))} – ${dayText(lastDay, !sameYear(firstDay, lastDay))}`;
  const to = addDays(lastDay, 1);
  return { from: firstDay, to, interval: intervalOf(days), timeZone, label, shortLabel: label };
}

function lastDayByHours(nowMs: number, timeZone: string): Range {
  const toMs = startOfHourMs(nowMs, timeZone) + HOUR_MS;
  const fromMs = toMs - 24 * HOUR_MS;
  const label = `${dayText(zonedDay(fromMs, timeZone))} – ${dayText(zonedDay(nowMs, timeZone))}`;
  return { from: instant(fromMs), to: instant(toMs), interval: 'hour', timeZone, label, shortLabel: PRESET_LABELS['24h'] };
}

function intervalOf(days: number): CostInterval {
  if (days <= 2) return 'hour';
  if (days <= MAX_DAYS_BY_DAY) return 'day';
  return days <= MAX_DAYS_BY_WEEK ? 'week' : 'month';
}

/** The bounds of a range as instants, whatever it was given in. */
export function boundsMs(range: Pick<Range, 'from' | 'to' | 'timeZone'>): { readonly fromMs: number; readonly toMs: number } {
  const at = (text: string): number => (isInstant(text) ? Date.parse(text) : startOfDayMs(text, range.timeZone));
  return { fromMs: at(range.from), toMs: at(range.to) };
}

function instant(instantMs: number): string {
  return new Date(instantMs).toISOString();
}

function sameYear(a: Day, b: Day): boolean {
  return a.slice(0, 4) === b.slice(0, 4);
}
