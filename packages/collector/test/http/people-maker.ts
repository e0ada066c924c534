import { randomUUID } from 'node:crypto';
import { hashSessionToken } from '../../src/services/index.ts';
import { members, sessions, users } from '../../src/store/schema/index.ts';
import type { RunningApp } from './start-app.ts';

export type Role = (typeof members.$inferSelect)['role'];

/** A signed-in member of a workspace: the cookie their browser would send. */
export async function newMember(
  app: RunningApp,
  workspaceId: string,
  role: Role,
): Promise<{ readonly cookie: string; readonly userId: string }> {
  const userId = randomUUID();
  const token = randomUUID();
  const at = new Date();
  const expiresAt = new Date(at.getTime() + 3_600_000);
  const { orm } = app.database;
  await orm.insert(users).values({ id: userId, name: role, email: `${userId}@example.com`, createdAt: at, updatedAt: at });
  await orm.insert(members).values({ workspaceId, id: randomUUID(), userId, role, createdAt: at });
  await orm.insert(sessions).values({ id: randomUUID(), userId, token: hashSessionToken(token), expiresAt, createdAt: at, updatedAt: at });
  return { cookie: `${app.services.auth.sessionCookie}=${token}.signature`, userId };
}
