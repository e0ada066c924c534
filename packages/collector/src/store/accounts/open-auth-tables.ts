import type { DBAdapterInstance } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';

import type { Database } from '../database.ts';
import { accounts, invitations, members, sessions, users, verifications, workspaces } from '../schema/index.ts';

/** Our tables of people and workspaces, as better-auth reads and writes them. */
export function openAuthTables(database: Database): DBAdapterInstance {
  return drizzleAdapter(database.orm, {
    provider: 'pg',
    schema: { users, sessions, accounts, verifications, workspaces, members, invitations },
  });
}
