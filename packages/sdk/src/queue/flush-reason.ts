export type QueueState = {
  /** Events that wait, without those on the way. */
  readonly waiting: number;
  readonly oldestAgeMs: number;
  /** Somebody waits for the queue to empty. */
  readonly isAsked: boolean;
};

export type FlushLimits = { readonly maxEvents: number; readonly maxAgeMs: number };

export type FlushReason = 'asked' | 'full' | 'due';

/** Decides whether a batch is to be sent now, and why. */
export function flushReason(queue: QueueState, limits: FlushLimits): FlushReason | undefined {
  if (queue.waiting === 0) return undefined;
  if (queue.isAsked) return 'asked';
  if (queue.waiting >= limits.maxEvents) return 'full';
  return queue.oldestAgeMs >= limits.maxAgeMs ? 'due' : undefined;
}
