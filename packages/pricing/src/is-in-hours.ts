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
  return isOpen && opensOn(window, dayNumber(startedAt) - (isAfterMidnight ? 1 : 0));
}

function opensOn({ weekdays, exceptDates }: HoursWindow, day: number): boolean {
  if (weekdays !== undefined && !weekdays.includes(isoWeekday(day))) return false;
  return !exceptDates?.some((date) => dayNumber(date) === day);
}

/** Days since 1970-01-01 of the date a text begins with. */
function dayNumber(text: string): number {
  return Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, Number(text.slice(8, 10))) / DAY_MS;
}

function isoWeekday(day: number): number {
  return (day + EPOCH_WEEKDAY) % 7 || 7;
}
