import type { Tags } from '@llmobserve/protocol';
import { jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';

import { instant } from './columns.ts';

export const customers = pgTable(
  'customers',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: text('id').notNull(),
    name: text('name'),
    plan: text('plan'),
    tags: jsonb('tags').$type<Tags>(),
    /** Earliest and latest start of a call; for a customer without calls, when its facts came. */
    firstSeenAt: instant('first_seen_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);
