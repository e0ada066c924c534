export type Timer = { cancel(): void };

export type Timers = {
  /** Never keeps the process alive. */
  setTimer(fn: () => void, delayMs: number): Timer;
  /** Keeps the process alive until it fires or is cancelled; only for waits that somebody asked for, all bounded. */
  setHeldTimer(fn: () => void, delayMs: number): Timer;
};

/** The timers of the runtime, taken when this loads, so that a test's fake timers do not stop delivery. */
export function createTimers(): Timers {
  const { setTimeout, clearTimeout } = globalThis;
  return {
    setTimer(fn, delayMs) {
      const timer = setTimeout(fn, delayMs);
      timer.unref();
      return { cancel: () => clearTimeout(timer) };
    },
    setHeldTimer(fn, delayMs) {
      const timer = setTimeout(fn, delayMs);
      return { cancel: () => clearTimeout(timer) };
    },
  };
}
