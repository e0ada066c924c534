import type { Timer, Timers } from '../timers.ts';
import type { Host } from './find-host.ts';

/** Timers where they may be numbers, and where a request that ends takes its timers along unless it is kept alive for them. */
export function createHostTimers(host: Pick<Host, 'keepAlive'>): Timers {
  function start(fn: () => void, delayMs: number, isHeld: boolean): Timer {
    let settle: () => void = () => undefined;
    const settled = new Promise<void>((resolve) => (settle = resolve));
    let timer: ReturnType<typeof setTimeout>;
    try {
      timer = setTimeout(() => {
        try {
          fn();
        } finally {
          settle();
        }
      }, delayMs);
    } catch {
      // Workers refuse timers between their requests; what is due is looked for again in the next one.
      return { cancel: () => undefined };
    }
    if (!isHeld) unref(timer);
    host.keepAlive(settled);
    return {
      cancel() {
        clearTimeout(timer);
        settle();
      },
    };
  }
  return { setTimer: (fn, delayMs) => start(fn, delayMs, false), setHeldTimer: (fn, delayMs) => start(fn, delayMs, true) };
}

function unref(timer: unknown): void {
  if (typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function') timer.unref();
}
