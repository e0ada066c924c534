import type { Timer, Timers } from '../timers.ts';
import type { Host } from './find-host.ts';

/** Timers where they may be numbers, and where a request that ends takes its timers along unless it is kept alive for them. */
export function createHostTimers(host: Pick<Host, 'keepAlive'>): Timers {
  function start(fn: () => void, delayMs: number, isHeld: boolean): Timer {
    try {
      const release = host.keepAlive();
      const timer = setTimeout(() => {
        try {
          fn();
        } finally {
          release();
        }
      }, delayMs);
      if (!isHeld) unref(timer);
      return {
        cancel() {
          clearTimeout(timer);
          release();
        },
      };
    } catch {
      // Workers refuse timers between their requests; what is due is looked for again in the next one.
      return { cancel: () => undefined };
    }
  }
  return { setTimer: (fn, delayMs) => start(fn, delayMs, false), setHeldTimer: (fn, delayMs) => start(fn, delayMs, true) };
}

/** Only a runtime with a process has one to be kept alive. */
function unref(timer: { unref?(): unknown } | number): void {
  if (typeof timer === 'object') timer.unref?.();
}
