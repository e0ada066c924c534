import type { RateCard } from '@llmobserve/pricing';

import type { Database, Queryable } from '../database.ts';
import { addFaults } from './add-faults.ts';
import { addLosses } from './add-losses.ts';
import { insertEvents, readContentHashes } from './insert-events.ts';
import { insertRateCards } from './insert-rate-cards.ts';
import type { LedgerEntry, Settlement, Submission } from './ledger-entry.ts';
import { firstOfEachId, settleGroup } from './settle-group.ts';
import { foldCustomers, upsertCustomers } from './upsert-customers.ts';

const HOUR_MS = 3_600_000;
/** Cards known to be stored, over all workspaces; beyond it they are simply offered again. */
const MAX_KNOWN_CARDS = 20_000;

export type Ledger = {
  /**
   * Commits batches of one workspace in one transaction, and tells each what became of it.
   *
   * @throws {StoreUnavailableError} when nothing was kept, or when nobody can tell: the same batches may be sent again.
   */
  append(workspaceId: string, submissions: readonly Submission[]): Promise<readonly Settlement[]>;
};

/** Makes the writer of the ledger. */
export function createLedger(database: Database): Ledger {
  const knownCards = new Set<string>();
  return {
    append: async (workspaceId, submissions) => {
      const cards = cardsOf(submissions).filter((card) => !knownCards.has(`${workspaceId}/${card.id}`));
      const settlements = await database.commitOnce((tx) => appendGroup(tx, { workspaceId, submissions, cards }));
      if (knownCards.size > MAX_KNOWN_CARDS) knownCards.clear();
      for (const card of cards) knownCards.add(`${workspaceId}/${card.id}`);
      return settlements;
    },
  };
}

type Group = { readonly workspaceId: string; readonly submissions: readonly Submission[]; readonly cards: readonly RateCard[] };

/** The order of the statements is the same for every group, so that two never wait for each other in a circle. */
async function appendGroup(tx: Queryable, { workspaceId, submissions, cards }: Group): Promise<readonly Settlement[]> {
  const receivedAtMs = Math.max(...submissions.map((submission) => submission.receivedAtMs));
  const hour = new Date(receivedAtMs - (receivedAtMs % HOUR_MS)).toISOString();
  const firsts = firstOfEachId(submissions);
  const inserted = await insertEvents(tx, workspaceId, firsts);
  const settlements = settleGroup(submissions, inserted, await readContentHashes(tx, workspaceId, idsNotIn(firsts, inserted)));
  await insertRateCards(tx, workspaceId, cards);
  const facts = submissions.flatMap((submission) => submission.customers);
  await upsertCustomers(tx, workspaceId, { receivedAtMs, changes: foldCustomers(facts, inserted) });
  await addLosses(tx, workspaceId, { hour, totals: submissions.flatMap((submission) => submission.losses) });
  await addFaults(tx, workspaceId, {
    hour,
    conflicts: sum(settlements.map((settlement) => settlement.conflicts)),
    rejected: sum(submissions.map((submission) => submission.rejected)),
  });
  return settlements;
}

function cardsOf(submissions: readonly Submission[]): readonly RateCard[] {
  const cards = new Map<string, RateCard>();
  for (const { entries } of submissions) {
    for (const { card } of entries) if (card) cards.set(card.id, card);
  }
  return [...cards.values()];
}

function idsNotIn(entries: readonly LedgerEntry[], inserted: readonly LedgerEntry[]): readonly string[] {
  if (inserted.length === entries.length) return [];
  const ids = new Set(inserted.map((entry) => entry.event.id));
  return entries.map((entry) => entry.event.id).filter((id) => !ids.has(id));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
