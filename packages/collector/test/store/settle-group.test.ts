import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LedgerEntry, Submission } from '../../src/store/index.ts';
import { firstOfEachId, settleGroup } from '../../src/store/ledger/settle-group.ts';

describe('a group of batches', () => {
  test('gives each id to who came first, wherever it stands', () => {
    const [a1, a2, b1] = [entry('a', 1n), entry('a', 2n), entry('b', 1n)];
    const group = [submission([b1, a1]), submission([a2, entry('a', 1n)])];
    expect(firstOfEachId(group)).toEqual([a1, b1]);
    expect(settleGroup(group, [a1, b1], new Map())).toEqual([
      { accepted: [b1, a1], duplicates: 0, conflicts: 0 },
      { accepted: [], duplicates: 2, conflicts: 1 },
    ]);
  });

  test('tells duplicates of what was stored before from conflicts with it', () => {
    const [same, other] = [entry('a', 1n), entry('b', 2n)];
    const group = [submission([same, other])];
    expect(
      settleGroup(
        group,
        [],
        new Map([
          ['a', 1n],
          ['b', 1n],
        ]),
      ),
    ).toEqual([{ accepted: [], duplicates: 2, conflicts: 1 }]);
  });

  test('accounts for every entry, and accepts each new id exactly once', () => {
    const ids: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const entries = fc.array(fc.record({ id: ids, hash: fc.bigInt({ min: 0n, max: 2n }) }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(entries, { minLength: 1, maxLength: 5 }), fc.uniqueArray(ids), (batches, storedIds) => {
        const group = batches.map((batch) => submission(batch.map(({ id, hash }) => entry(id, hash))));
        const stored = new Map(storedIds.map((id) => [id, 0n]));
        const inserted = firstOfEachId(group).filter(({ event }) => !stored.has(event.id));
        const settlements = settleGroup(group, inserted, stored);
        for (const [index, settlement] of settlements.entries()) {
          expect(settlement.accepted.length + settlement.duplicates).toBe(batches[index]?.length);
          expect(settlement.conflicts).toBeLessThanOrEqual(settlement.duplicates);
        }
        const accepted = settlements.flatMap((settlement) => settlement.accepted.map(({ event }) => event.id));
        const fresh = new Set(
          batches
            .flat()
            .map(({ id }) => id)
            .filter((id) => !stored.has(id)),
        );
        expect(accepted.toSorted()).toEqual([...fresh].toSorted());
      }),
    );
  });
});

/** Only what the decision reads. */
function entry(id: string, contentHash: bigint): LedgerEntry {
  return { event: { id }, contentHash } as LedgerEntry;
}

function submission(entries: readonly LedgerEntry[]): Submission {
  return { receivedAtMs: 0, entries, customers: [], losses: [], rejected: 0 };
}
