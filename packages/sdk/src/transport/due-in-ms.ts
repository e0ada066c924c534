export type WaitingEvents = {
  readonly count: number;
  readonly oldestAgeMs: number;
  /** Somebody waits for their end. */
  readonly isUrgent: boolean;
};

/** Decides how long events may still wait for company. */
export function dueInMs(waiting: WaitingEvents, limits: { readonly maxEvents: number; readonly maxAgeMs: number }): number {
  return waiting.isUrgent || waiting.count >= limits.maxEvents ? 0 : Math.max(0, limits.maxAgeMs - waiting.oldestAgeMs);
}
