/**
 * Decides how many events the next batch may have. After a batch was refused as a whole, one of its events is to blame:
 * halves are sent until it stands alone.
 */
export function batchLimit(maxEvents: number, suspects: number): number {
  return suspects > 0 ? Math.min(maxEvents, Math.ceil(suspects / 2)) : maxEvents;
}

/** How many of the oldest events are known to hold one that is refused, after a batch of `sentCount` found its verdict. */
export function suspectsAfter(suspects: number, sentCount: number, verdict: 'settled' | 'split'): number {
  if (verdict === 'settled') return Math.max(0, suspects - sentCount);
  // A batch of one that is refused has shown the culprit, and it is gone.
  return sentCount > 1 ? sentCount : 0;
}
