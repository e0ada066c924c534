import type { DBAdapterInstance } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';

import type { Database } from '../database.ts';
import { accounts, invitations, members, sessions, users, verifications, workspaces } from '../schema/index.ts';
import { storeFailure } from '../store-failure.ts';

/** Our tables of people and workspaces, as better-auth reads and writes them. */
export function openAuthTables(database: Database): DBAdapterInstance {
  const openAdapter = drizzleAdapter(database.orm, {
    provider: 'pg',
    schema: { users, sessions, accounts, verifications, workspaces, members, invitations },
  });
  return (options) => reportFailures(openAdapter(options));
}

/** The adapter goes past `query`, so a store that cannot answer has to be recognised here as well. */
function reportFailures<Adapter extends object>(adapter: Adapter): Adapter {
  return new Proxy(adapter, {
    get: (target, name, receiver) => {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return (...inputs: unknown[]) => throwStoreFailure(member.apply(target, inputs));
    },
  });
}

async function throwStoreFailure(work: unknown): Promise<unknown> {
  try {
    return await work;
  } catch (error) {
    throw storeFailure(error);
  }
}
