import { bigint, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';

import { instant } from './columns.ts';

/** Events that senders say they lost, by the hour in which the report came. */
export const lossReports = pgTable(
  'loss_reports',
  {
    workspaceId: uuid('workspace_id').notNull(),
    /** The sending process. */
    instance: text('instance').notNull(),
    reason: text('reason').notNull(),
    hour: instant('hour').notNull(),
    count: bigint('count', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.instance, table.reason, table.hour] })],
);

/** What the collector itself refused: ids that came again with other contents, and events that could not be read. */
export const ingestFaults = pgTable(
  'ingest_faults',
  {
    workspaceId: uuid('workspace_id').notNull(),
    hour: instant('hour').notNull(),
    conflicts: bigint('conflicts', { mode: 'number' }).notNull(),
    rejected: bigint('rejected', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.hour] })],
);
