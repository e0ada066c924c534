import type { HoursWindow } from './price-list.ts';

const MINUTES_A_DAY = 24 * 60;
const DAY_MS = 86_400_000;

/**
 * True when an instant lies in a daily window; after midnight a window still belongs to the day it opened on.
 *
 * @param startedAt RFC 3339 UTC with milliseconds
 */
export function isInHours(window: HoursWindow, startedAt: string): boolean {
  const minute = minuteOf(startedAt.slice(11, 16));
  const [from, to] = [minuteOf(window.from), minuteOf(window.to)];
  const isOverMidnight = to <= from;
  const isAfterMidnight = isOverMidnight && minute < to;
  const isOpen = isOverMidnight ? minute >= from || isAfterMidnight : minute >= from && minute < to;
  return isOpen && opensOn(window, isAfterMidnight ? dayBefore(startedAt) : startedAt.slice(0, 10));
}

function opensOn({ weekdays, exceptDates }: HoursWindow, date: string): boolean {
  if (exceptDates?.includes(date)) return false;
  return weekdays === undefined || weekdays.includes(isoWeekday(date));
}

function isoWeekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

function dayBefore(startedAt: string): string {
  return new Date(Date.parse(`${startedAt.slice(0, 10)}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}

function minuteOf(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) % MINUTES_A_DAY;
}
