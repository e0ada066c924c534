/** A calendar day, `YYYY-MM-DD`; it belongs to a time zone. */
export type Day = string;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DAY_SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The day an instant falls on in a time zone.
 *
 * @example zonedDay(Date.parse('2026-11-20T23:30:00Z'), 'Europe/Berlin') // '2026-11-21'
 */
export function zonedDay(instantMs: number, timeZone: string): Day {
  return wallTime(instantMs, timeZone).slice(0, 10);
}

/** What calendar and clock show at an instant in a time zone, `YYYY-MM-DDTHH:MM:SS`. */
export function wallTime(instantMs: number, timeZone: string): string {
  return new Date(instantMs + offsetMs(instantMs, timeZone)).toISOString().slice(0, 19);
}

/** The first instant of a day in a time zone, also when a clock change falls on midnight. */
export function startOfDayMs(day: Day, timeZone: string): number {
  const wallMs = Date.parse(`${day}T00:00:00Z`);
  const guessMs = wallMs - offsetMs(wallMs, timeZone);
  const startMs = wallMs - offsetMs(guessMs, timeZone);
  // Where midnight is skipped the day begins with the first hour that exists.
  return zonedDay(startMs, timeZone) < day ? startMs + HOUR_MS : startMs;
}

/** Calendar arithmetic, which no clock change can bend. */
export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** Days from one day up to another, not counting the last. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** The start of the hour an instant falls into, as clocks in that zone show it. */
export function startOfHourMs(instantMs: number, timeZone: string): number {
  const shiftMs = offsetMs(instantMs, timeZone);
  return Math.floor((instantMs + shiftMs) / HOUR_MS) * HOUR_MS - shiftMs;
}

/** The Monday of the week a day falls into. */
export function startOfWeek(day: Day): Day {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

export function startOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

/** True for a real calendar day between the years 2000 and 2999. */
export function isDay(text: string): boolean {
  if (!DAY_SHAPE.test(text) || !text.startsWith('2')) return false;
  const instantMs = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instantMs) && new Date(instantMs).toISOString().slice(0, 10) === text;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function offsetMs(instantMs: number, timeZone: string): number {
  const parts = Object.fromEntries(
    clockOf(timeZone)
      .formatToParts(instantMs)
      .map((part) => [part.type, Number(part.value)]),
  );
  const wallMs = Date.UTC(
    parts['year'] ?? 1970,
    (parts['month'] ?? 1) - 1,
    parts['day'] ?? 1,
    parts['hour'] ?? 0,
    parts['minute'] ?? 0,
    parts['second'] ?? 0,
  );
  return wallMs - Math.floor(instantMs / 1000) * 1000;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = openClock(timeZone);
  clocks.set(timeZone, clock);
  return clock;
}

/** The locale is named, because some browsers report one that Intl refuses; an unknown zone falls back to UTC. */
function openClock(timeZone: string): Intl.DateTimeFormat {
  const fields = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', { ...fields, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...fields, timeZone: 'UTC' });
  }
}
