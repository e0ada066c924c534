import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';

import { bytes, instant } from './columns.ts';
import { workspaces } from './workspaces.ts';

export const apiKeys = pgTable(
  'api_keys',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    environment: text('environment'),
    scopes: text('scopes').array().notNull(),
    /** SHA-256 of the whole key. */
    keyHash: bytes('key_hash').notNull(),
    prefix: text('prefix').notNull(),
    last4: text('last4').notNull(),
    /** The user who made it; absent for keys installed by the environment. */
    createdBy: uuid('created_by'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
    lastUsedAt: instant('last_used_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    // By hash alone, because the key is what tells the workspace.
    index('api_keys_hash').on(table.keyHash),
  ],
);
