import { dayText } from '../components/index.ts';
import { wallTime, zonedDay } from './zoned-day.ts';

/** The time of day of an instant, `HH:MM:SS`, as clocks in that zone show it. */
export function clockText(instantMs: number, timeZone: string): string {
  return wallTime(instantMs, timeZone).slice(11, 19);
}

/** Time of day for what happened today, else the day as well. */
export function momentText(instantMs: number, nowMs: number, timeZone: string): string {
  const clock = clockText(instantMs, timeZone);
  const day = zonedDay(instantMs, timeZone);
  return day === zonedDay(nowMs, timeZone) ? clock : `${dayText(day)}, ${clock.slice(0, 5)}`;
}

/**
 * How long ago something was, in one unit.
 *
 * @example agoText(125_000) // '2 min ago'
 */
export function agoText(agoMs: number): string {
  const seconds = Math.max(0, Math.round(agoMs / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  const days = Math.floor(seconds / 86_400);
  return days === 1 ? 'yesterday' : `${days} days ago`;
}
