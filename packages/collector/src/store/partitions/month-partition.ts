/** One month of `trace_events`: ids whose v7 time lies in it. */
export type MonthPartition = {
  readonly name: string;
  /** First id of the month. */
  readonly fromId: string;
  /** First id of the next month. */
  readonly toId: string;
};

/**
 * Names the partitions from one month before the instant to `monthsAhead` after it.
 *
 * @example monthPartitions(Date.UTC(2026, 10, 20), 1).map((month) => month.name) // ['trace_events_y2026m10', 'trace_events_y2026m11', 'trace_events_y2026m12']
 */
export function monthPartitions(nowMs: number, monthsAhead: number): readonly MonthPartition[] {
  const now = new Date(nowMs);
  return Array.from({ length: monthsAhead + 2 }, (_, index) => monthPartition(now.getUTCFullYear(), now.getUTCMonth() + index - 1));
}

/** The month may be below 0 or above 11: it then lies in another year. */
function monthPartition(year: number, month: number): MonthPartition {
  const from = new Date(Date.UTC(year, month, 1));
  const name = `trace_events_y${from.getUTCFullYear()}m${String(from.getUTCMonth() + 1).padStart(2, '0')}`;
  return { name, fromId: firstIdAt(from.getTime()), toId: firstIdAt(Date.UTC(year, month + 1, 1)) };
}

/** The smallest UUID that starts with this v7 time: 48 bits of milliseconds, then zeros. */
function firstIdAt(timeMs: number): string {
  const time = timeMs.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}
