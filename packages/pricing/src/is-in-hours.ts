import type { HoursWindow } from './price-list.ts';

const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday. */
const EPOCH_WEEKDAY = 4;

/**
 * True when an instant lies in a daily window; after midnight a window still belongs to the day it opened on.
 *
 * @param startedAt RFC 3339 UTC with milliseconds
 */
export function isInHours(window: HoursWindow, startedAt: string): boolean {
  const time = startedAt.slice(11, 16);
  const isOverMidnight = window.to <= window.from;
  const isAfterMidnight = isOverMidnight && time < window.to;
  const isOpen = isOverMidnight ? time >= window.from || isAfterMidnight : time >= window.from && time < window.to;
  if (!isOpen) return false;
  const date = startedAt.slice(0, 10);
  return opensOn(window, isAfterMidnight ? dateBefore(date) : date);
}

function opensOn({ weekdays, exceptDates }: HoursWindow, date: string): boolean {
  if (weekdays !== undefined && !weekdays.includes(isoWeekday(date))) return false;
  return exceptDates === undefined || !exceptDates.includes(date);
}

function dateBefore(date: string): string {
  return new Date((dayNumber(date) - 1) * DAY_MS).toISOString().slice(0, 10);
}

function isoWeekday(date: string): number {
  return (dayNumber(date) + EPOCH_WEEKDAY) % 7 || 7;
}

/** Days since 1970-01-01. */
function dayNumber(date: string): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY_MS;
}
