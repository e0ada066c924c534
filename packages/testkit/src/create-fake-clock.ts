/** A clock that stands still until it is moved. */
export type FakeClock = {
  nowMs(): number;
  monotonicMs(): number;
  /** Moves both times forward. */
  advance(durationMs: number): void;
  /** Moves only the wall clock, as a correction by the operating system would. */
  setWallClock(nowMs: number): void;
};

/**
 * Makes a clock for tests, in the shape the SDK and the collector ask for.
 *
 * @example const clock = createFakeClock(Date.UTC(2026, 10, 20));
 */
export function createFakeClock(startMs: number): FakeClock {
  let wallMs = startMs;
  let elapsedMs = 0;
  return {
    nowMs: () => wallMs,
    monotonicMs: () => elapsedMs,
    advance: (durationMs) => {
      wallMs += durationMs;
      elapsedMs += durationMs;
    },
    setWallClock: (nowMs) => {
      wallMs = nowMs;
    },
  };
}
