import { writeRateCard, type RateCard } from '@llmobserve/pricing';

import type { Queryable } from '../database.ts';

const INSERT_RATE_CARDS = `
  INSERT INTO rate_cards (workspace_id, id, card)
  SELECT $1::uuid, u.id, u.card FROM unnest($2::text[], $3::jsonb[]) AS u (id, card)
  ORDER BY u.id
  ON CONFLICT (workspace_id, id) DO NOTHING
`;

/** Keeps the cards that events were priced with; a card's id is its content, so one that is there is the same. */
export async function insertRateCards(tx: Queryable, workspaceId: string, cards: readonly RateCard[]): Promise<void> {
  if (cards.length === 0) return;
  const values = [workspaceId, cards.map((card) => card.id), cards.map((card) => JSON.stringify(writeRateCard(card)))];
  await tx.queryPrepared({ name: 'insert-rate-cards', text: INSERT_RATE_CARDS, values });
}
