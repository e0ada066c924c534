import { eq } from 'drizzle-orm';

import type { Database } from '../database.ts';
import { settings } from '../schema/index.ts';

const NAME = 'cookie-secret';

/** Reads what cookies are signed with, making it at the first start; every collector on the database has the same. */
export async function readOrCreateSecret(database: Database, makeSecret: () => string): Promise<string> {
  await database.orm.insert(settings).values({ name: NAME, value: makeSecret() }).onConflictDoNothing({ target: settings.name });
  const [row] = await database.orm.select({ value: settings.value }).from(settings).where(eq(settings.name, NAME));
  if (!row) throw new Error('the secret was just made and is not there');
  return row.value;
}
