/** A quota opens again at a known time; any other wait is worth a try before a mistaken header ends. */
const LONGEST_WAIT_MS = { quota_exceeded: 3_600_000, other: 60_000 };

/**
 * Reads Retry-After, in seconds or as a date, bounded.
 *
 * @returns `undefined` when there is none that makes sense.
 */
export function readRetryAfterMs(
  header: string | undefined,
  { cause, nowMs }: { readonly cause: string; readonly nowMs: number },
): number | undefined {
  if (!header?.trim()) return undefined;
  const seconds = Number(header);
  const waitMs = Number.isNaN(seconds) ? Date.parse(header) - nowMs : seconds * 1000;
  // What is no number is no wait either.
  return waitMs >= 0 ? Math.min(waitMs, cause === 'quota_exceeded' ? LONGEST_WAIT_MS.quota_exceeded : LONGEST_WAIT_MS.other) : undefined;
}
