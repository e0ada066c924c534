import type { Timers } from './timers.ts';

export type CallsInFlight = {
  /** Calls the app has made and not yet got the end of, of those that began up to a time on the monotonic clock. */
  inFlight(latestStartMs: number): number;
  /** Hands over failed calls that are kept back because a retry may come. */
  release(): void;
};

export type WaitForCallsDeps = { readonly clock: { monotonicMs(): number }; readonly timers: Timers };

/** Calls last hundreds of milliseconds; looking this often costs nothing beside them. */
const LOOK_EVERY_MS = 20;

/** Waits until the calls that are in flight now have ended, whatever begins meanwhile; false when the time is over first. */
export async function waitForCalls(calls: CallsInFlight, deadlineMs: number, deps: WaitForCallsDeps): Promise<boolean> {
  const nowMs = deps.clock.monotonicMs();
  while (calls.inFlight(nowMs) > 0) {
    const leftMs = deadlineMs - deps.clock.monotonicMs();
    if (leftMs <= 0) return false;
    await new Promise<void>((resolve) => deps.timers.setHeldTimer(resolve, Math.min(LOOK_EVERY_MS, leftMs)));
  }
  // Whoever waits has got its answers, so a last failure is not worth seconds.
  calls.release();
  return true;
}
