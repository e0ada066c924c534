import { sql } from 'drizzle-orm';

import type { Database } from '../store/index.ts';

/** Does anyone have an account yet? */
export async function hasUsers(database: Database): Promise<boolean> {
  const [row] = await database.query<{ readonly has_users: boolean }>(sql`SELECT EXISTS (SELECT FROM users) AS has_users`);
  return row?.has_users ?? false;
}
