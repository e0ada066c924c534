import type { LedgerEntry, Settlement, Submission } from './ledger-entry.ts';

/** The entries to insert: the first of each id, in order of id, so that two groups never wait for each other in a circle. */
export function firstOfEachId(submissions: readonly Submission[]): readonly LedgerEntry[] {
  const firsts = new Map<string, LedgerEntry>();
  for (const { entries } of submissions) {
    for (const entry of entries) {
      if (!firsts.has(entry.event.id)) firsts.set(entry.event.id, entry);
    }
  }
  return [...firsts.values()].toSorted((a, b) => (a.event.id < b.event.id ? -1 : 1));
}

/**
 * Tells each batch what became of its entries: accepted is who came first and was inserted, all others are duplicates.
 *
 * @param storedHashes the content hash under which each id is stored that was there before.
 */
export function settleGroup(
  submissions: readonly Submission[],
  inserted: readonly LedgerEntry[],
  storedHashes: ReadonlyMap<string, bigint>,
): readonly Settlement[] {
  const winners = new Map(inserted.map((entry) => [entry.event.id, entry]));
  return submissions.map(({ entries }) => {
    const accepted = entries.filter((entry) => winners.get(entry.event.id) === entry);
    const others = entries.filter((entry) => winners.get(entry.event.id) !== entry);
    const conflicts = others.filter((entry) => {
      const hash = winners.get(entry.event.id)?.contentHash ?? storedHashes.get(entry.event.id);
      return hash !== undefined && hash !== entry.contentHash;
    });
    return { accepted, duplicates: others.length, conflicts: conflicts.length };
  });
}
