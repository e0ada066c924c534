/** Decides how many of the oldest events must go so that at least `excessBytes` are freed. */
export function countToDrop(oldestFirst: Iterable<{ readonly sizeBytes: number }>, excessBytes: number): number {
  let count = 0;
  let freedBytes = 0;
  for (const event of oldestFirst) {
    if (freedBytes >= excessBytes) return count;
    freedBytes += event.sizeBytes;
    count += 1;
  }
  return count;
}
