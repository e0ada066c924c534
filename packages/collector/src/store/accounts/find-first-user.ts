import { sql } from 'drizzle-orm';

import type { Database } from '../database.ts';

/** Finds the user who has been here longest. */
export async function findFirstUser(database: Database): Promise<{ readonly id: string } | undefined> {
  const [row] = await database.query<{ readonly id: string }>(sql`SELECT id::text FROM users ORDER BY created_at, id LIMIT 1`);
  return row;
}
