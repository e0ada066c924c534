import { pgTable, text } from 'drizzle-orm/pg-core';

/** What the collector itself has to remember, the same for every workspace and every process on this database. */
export const settings = pgTable('settings', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
});
