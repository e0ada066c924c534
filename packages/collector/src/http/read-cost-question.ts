import { COST_INTERVALS } from '@llmobserve/protocol';
import * as z from 'zod';

import { addDays, countBucketsAtMost, isSameZone, isStartOfDay, type CostQuestion, type TimeRange } from '../queries/index.ts';
import { invalidQuery, ProblemError } from '../services/index.ts';
import { EARLIEST_MS, readFilters, readGroupBy, readQuery, readRange, readTimeZone } from './read-query.ts';

const DAY_MS = 24 * 3_600_000;
/** Days of any zone can be counted from raw rows for this long; beyond, days are the workspace's. */
const MAX_FOREIGN_ZONE_MS = 8 * DAY_MS + 3_600_000;
/** Points of all series together: an answer of about 40 MB is what a program can be asked to read. */
const MAX_POINTS = 500_000;

export const costsQuery = z.object({
  from: z.string().optional().meta({ description: 'Day or RFC 3339 time, included. Default: 30 days before `to`.' }),
  to: z.string().optional().meta({ description: 'Day or RFC 3339 time, excluded. Default: now.' }),
  timeZone: z.string().optional().meta({ description: 'IANA name; only for hourly buckets or ranges up to 8 days.' }),
  groupBy: z.string().optional().meta({ description: 'One or two dimensions, separated by a comma.', example: 'customer,model' }),
  interval: z.enum(COST_INTERVALS).optional(),
  compare: z.literal('previous').optional().meta({ description: 'Also counts the range of the same length right before.' }),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});

export type CostsAsker = { readonly timeZone: string; readonly nowMs: number };

/**
 * Reads the question of `GET /v1/costs`.
 *
 * @throws {ProblemError} `invalid_query` with the parameter's name, `unsupported_time_zone`.
 */
export function readCostQuestion(params: URLSearchParams, asker: CostsAsker): CostQuestion {
  const { interval, compare, limit, ...query } = readQuery(costsQuery, params);
  const timeZone = readTimeZone(query.timeZone) ?? asker.timeZone;
  const range = readRange(query, timeZone, asker.nowMs);
  const groupBy = readGroupBy(query.groupBy);
  if (!isSameZone(timeZone, asker.timeZone) && interval !== 'hour' && range.toMs - range.fromMs > MAX_FOREIGN_ZONE_MS) {
    const detail = `Days are those of ${asker.timeZone}. Another timeZone is taken for interval=hour and for ranges up to 8 days.`;
    throw new ProblemError('unsupported_time_zone', detail, { extra: { parameter: 'timeZone' } });
  }
  const series = groupBy.length === 0 ? 1 : limit;
  if (interval && countBucketsAtMost(range, interval) * series > MAX_POINTS) {
    throw invalidQuery('interval', 'makes too many points for this range and limit');
  }
  return {
    range,
    previous: compare && rangeBefore(range, timeZone),
    timeZone,
    groupBy,
    interval,
    filters: readFilters(params),
    limit,
  };
}

/** The range of the same length right before; whole days are compared with as many whole days, also when one has 23 hours. */
export function rangeBefore(range: TimeRange, timeZone: string): TimeRange {
  const lengthMs = range.toMs - range.fromMs;
  const days = Math.round(lengthMs / DAY_MS);
  const isWholeDays = days > 0 && isStartOfDay(range.fromMs, timeZone) && isStartOfDay(range.toMs, timeZone);
  const fromMs = isWholeDays ? addDays(range.fromMs, -days, timeZone) : range.fromMs - lengthMs;
  // Nothing was called before 1970, and the store reads no years before the first.
  return { fromMs: Math.max(EARLIEST_MS, fromMs), toMs: range.fromMs };
}
