import { sql } from 'drizzle-orm';

import type { Database, Queryable } from '../database.ts';
import { accounts, members, users, workspaces } from '../schema/index.ts';
import { insertApiKey, type NewApiKeyRow } from './insert-api-key.ts';

/** Any number no other lock of ours has; whoever holds it decides who the first owner is. */
const FIRST_OWNER_LOCK = 7_250_031;

export type FirstOwner = {
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  /** Absent for an owner who signs in by link. */
  readonly passwordHash: string | undefined;
  /** Made unless a workspace without members is there already. */
  readonly workspace: { readonly id: string; readonly name: string; readonly timeZone: string };
  readonly memberId: string;
  readonly accountId: string;
  readonly key: NewApiKeyRow | undefined;
  readonly createdAtMs: number;
};

type WorkspaceRow = FirstOwner['workspace'];

/**
 * Writes the first owner with everything they need, in one transaction.
 *
 * A workspace that nobody is a member of, as the environment's keys install it, becomes theirs: otherwise nobody would ever see it.
 *
 * @returns the workspace they own, or `undefined` when somebody has an account already.
 */
export async function insertFirstOwner(database: Database, owner: FirstOwner): Promise<WorkspaceRow | undefined> {
  return database.transaction(async (tx) => {
    await tx.query(sql`SELECT pg_advisory_xact_lock(${FIRST_OWNER_LOCK})`);
    const [taken] = await tx.query(sql`SELECT FROM users LIMIT 1`);
    if (taken) return undefined;
    const workspace = (await findMemberless(tx)) ?? (await insertWorkspace(tx, owner));
    await insertPerson(tx, owner, workspace.id);
    if (owner.key) await insertApiKey(tx, workspace.id, owner.key);
    return workspace;
  });
}

async function findMemberless(tx: Queryable): Promise<WorkspaceRow | undefined> {
  const [row] = await tx.query<{ readonly id: string; readonly name: string; readonly time_zone: string }>(sql`
    SELECT id::text, name, time_zone
    FROM workspaces
    WHERE NOT EXISTS (SELECT FROM members WHERE members.workspace_id = workspaces.id)
    ORDER BY created_at, id
    LIMIT 1
  `);
  return row && { id: row.id, name: row.name, timeZone: row.time_zone };
}

async function insertWorkspace(tx: Queryable, { workspace, createdAtMs }: FirstOwner): Promise<WorkspaceRow> {
  await tx.orm.insert(workspaces).values({ ...workspace, slug: workspace.id, createdAt: new Date(createdAtMs) });
  return workspace;
}

async function insertPerson(tx: Queryable, owner: FirstOwner, workspaceId: string): Promise<void> {
  const { user, passwordHash } = owner;
  const at = new Date(owner.createdAtMs);
  await tx.orm.insert(users).values({ ...user, emailVerified: false, createdAt: at, updatedAt: at });
  await tx.orm.insert(members).values({ workspaceId, id: owner.memberId, userId: user.id, role: 'owner', createdAt: at });
  if (passwordHash === undefined) return;
  const account = { id: owner.accountId, userId: user.id, providerId: 'credential', accountId: user.id, password: passwordHash };
  await tx.orm.insert(accounts).values({ ...account, createdAt: at, updatedAt: at });
}
