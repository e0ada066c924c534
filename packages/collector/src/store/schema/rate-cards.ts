import type { RateCardJson } from '@llmobserve/pricing';
import { jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';

/** Every set of rates that events of a workspace were priced with, so that a cost explains itself under any later book. */
export const rateCards = pgTable(
  'rate_cards',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: text('id').notNull(),
    card: jsonb('card').$type<RateCardJson>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);
