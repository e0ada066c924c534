import type { Check } from './report.ts';

/** A Date header has whole seconds, and the way takes its time. */
const WARN_FROM_MS = 5_000;
/** The collector refuses events from further in the future than a day. */
const FAIL_FROM_MS = 23 * 3_600_000;

/** Does this machine's clock agree with the collector's? */
export function checkClock(dateHeader: string | undefined, now: { readonly sentMs: number; readonly answeredMs: number }): Check {
  const theirMs = Date.parse(dateHeader ?? '');
  if (Number.isNaN(theirMs)) return { name: 'clock', status: 'skip', message: 'the answer has no Date to compare with' };
  // The header was written at some moment between both, cut to the second.
  const earlyMs = theirMs - now.answeredMs;
  const lateMs = now.sentMs - (theirMs + 999);
  const skewMs = Math.max(0, earlyMs, lateMs);
  const words = `this clock is ${Math.round(skewMs / 1000)} s ${earlyMs > 0 ? 'behind' : 'ahead of'} the collector’s`;
  if (skewMs < WARN_FROM_MS) return { name: 'clock', status: 'ok', message: 'this clock agrees with the collector’s' };
  const advice = 'let the machine set its clock over the network (NTP)';
  if (skewMs < FAIL_FROM_MS) return { name: 'clock', status: 'warn', message: `${words}: calls are dated wrong by that much`, advice };
  return { name: 'clock', status: 'fail', message: `${words}: events may be refused as out of range`, advice };
}
