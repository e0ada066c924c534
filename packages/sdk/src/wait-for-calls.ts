import type { Timers } from './timers.ts';

/** Provider calls the app has made and not yet got the end of, of those that began up to a time on the monotonic clock. */
export type CallsInFlight = { pending(latestStartMs: number): number };

export type WaitForCallsDeps = { readonly clock: { monotonicMs(): number }; readonly timers: Timers };

/** Calls last hundreds of milliseconds; looking this often costs nothing beside them. */
const LOOK_EVERY_MS = 20;

/** Waits until the calls that are in flight now have ended, whatever begins meanwhile; false when the time is over first. */
export async function waitForCalls(calls: CallsInFlight, deadlineMs: number, deps: WaitForCallsDeps): Promise<boolean> {
  const nowMs = deps.clock.monotonicMs();
  while (calls.pending(nowMs) > 0) {
    const leftMs = deadlineMs - deps.clock.monotonicMs();
    if (leftMs <= 0) return false;
    await new Promise<void>((resolve) => deps.timers.setHeldTimer(resolve, Math.min(LOOK_EVERY_MS, leftMs)));
  }
  return true;
}
