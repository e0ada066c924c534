const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/**
 * Writes a calendar day without asking the browser's locale.
 *
 * @example dayText('2026-11-12') // '12 Nov'
 */
export function dayText(day: string, withYear = false): string {
  const month = MONTHS[Number(day.slice(5, 7)) - 1] ?? '';
  return `${Number(day.slice(8, 10))} ${month}${withYear ? ` ${day.slice(0, 4)}` : ''}`;
}

/** A day with its weekday, for titles. */
export function weekdayText(day: string): string {
  return `${WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''} ${dayText(day)}`;
}

/** A month with its year. */
export function monthText(day: string): string {
  return `${MONTHS[Number(day.slice(5, 7)) - 1] ?? ''} ${day.slice(0, 4)}`;
}
