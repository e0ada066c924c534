/** The collector is tried at most this often while it is down … */
export const SHORTEST_RETRY_DELAY_MS = 1000;
/** … and at least this often, so that it is found again soon. */
const LONGEST_MS = 5000;
const BASE_MS = 500;

export type Setback = {
  /** Tries without success since the last success, this one included. */
  readonly failuresInARow: number;
  readonly retryAfterMs: number | undefined;
};

/** Decides how long to wait after a try that failed: exponential, with full jitter above the shortest wait. */
export function retryDelayMs(setback: Setback, random: number): number {
  // Jitter above Retry-After too, or all processes it was told to come back together.
  const jitterMs = random * Math.min(LONGEST_MS - SHORTEST_RETRY_DELAY_MS, BASE_MS * 2 ** Math.min(setback.failuresInARow - 1, 10));
  return Math.max(SHORTEST_RETRY_DELAY_MS, setback.retryAfterMs ?? 0) + jitterMs;
}
