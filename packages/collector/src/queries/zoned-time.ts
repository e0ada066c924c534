import type { CostInterval } from '@llmobserve/protocol';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A day of a calendar, without a zone; months count from 0, days may run over. */
export type CalendarDay = { readonly year: number; readonly month: number; readonly day: number };

/** The instant at which a day begins in a zone; where midnight is skipped, the first instant after the gap. */
export function startOfDay(day: CalendarDay, timeZone: string): number {
  const localMs = Date.UTC(day.year, day.month, day.day);
  const nearMs = localMs - offsetMsAt(localMs, timeZone);
  // The offsets half a day around are enough: no zone changes twice within a day.
  const candidates = [nearMs - DAY_MS / 2, nearMs + DAY_MS / 2].map((aroundMs) => localMs - offsetMsAt(aroundMs, timeZone));
  const exact = candidates.filter((instantMs) => instantMs + offsetMsAt(instantMs, timeZone) === localMs);
  // In a gap the clock before it and the clock after it name two instants; the gap itself begins at the later one.
  return exact.length > 0 ? Math.min(...exact) : Math.max(...candidates);
}

/** The day that a zone's calendar shows at an instant. */
export function dayAt(instantMs: number, timeZone: string): CalendarDay {
  const local = new Date(instantMs + offsetMsAt(instantMs, timeZone));
  return { year: local.getUTCFullYear(), month: local.getUTCMonth(), day: local.getUTCDate() };
}

/** Moves by whole days of the calendar, so that a day of 23 or 25 hours is one day. */
export function addDays(instantMs: number, days: number, timeZone: string): number {
  const { year, month, day } = dayAt(instantMs, timeZone);
  const intoDayMs = instantMs - startOfDay({ year, month, day }, timeZone);
  return startOfDay({ year, month, day: day + days }, timeZone) + intoDayMs;
}

/** True when the instant is the first of a day in the zone. */
export function isStartOfDay(instantMs: number, timeZone: string): boolean {
  return startOfDay(dayAt(instantMs, timeZone), timeZone) === instantMs;
}

/**
 * The instant at which the hour, day, week (from Monday) or month around an instant begins.
 *
 * Hours are counted from midnight: where the clock moves by half an hour (Lord Howe Island), the last one of that day is short.
 */
export function startOfInterval(instantMs: number, interval: CostInterval, timeZone: string): number {
  const { year, month, day } = dayAt(instantMs, timeZone);
  if (interval === 'hour') {
    const midnightMs = startOfDay({ year, month, day }, timeZone);
    return instantMs - ((instantMs - midnightMs) % HOUR_MS);
  }
  if (interval === 'day') return startOfDay({ year, month, day }, timeZone);
  if (interval === 'month') return startOfDay({ year, month, day: 1 }, timeZone);
  const daysSinceMonday = (new Date(Date.UTC(year, month, day)).getUTCDay() + 6) % 7;
  return startOfDay({ year, month, day: day - daysSinceMonday }, timeZone);
}

/** The instant at which the next hour, day, week or month begins after one that begins at `startMs`. */
export function nextInterval(startMs: number, interval: CostInterval, timeZone: string): number {
  const { year, month, day } = dayAt(startMs, timeZone);
  if (interval === 'hour' && dayAt(startMs + HOUR_MS - 1, timeZone).day === day) return startMs + HOUR_MS;
  if (interval === 'hour' || interval === 'day') return startOfDay({ year, month, day: day + 1 }, timeZone);
  if (interval === 'week') return startOfDay({ year, month, day: day + 7 }, timeZone);
  return startOfDay({ year, month: month + 1, day: 1 }, timeZone);
}

/** True for an IANA name such as `Europe/Berlin`; offsets are no zones, since a zone has a history. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    formatterOf(name);
    return true;
  } catch {
    return false;
  }
}

/** True for two names of one zone, such as `UTC` and `Etc/UTC`. */
export function isSameZone(left: string, right: string): boolean {
  return left === right || formatterOf(left).resolvedOptions().timeZone === formatterOf(right).resolvedOptions().timeZone;
}

function offsetMsAt(instantMs: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(instantMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const localMs = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'));
  return localMs - Math.floor(instantMs / 1000) * 1000;
}

const MAX_FORMATTERS = 100;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs far more than using it. */
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  if (formatters.size >= MAX_FORMATTERS) formatters.clear();
  formatters.set(timeZone, formatter);
  return formatter;
}
