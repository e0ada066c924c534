import type { Session } from '@llmobserve/protocol';
import { sql } from 'drizzle-orm';

import type { Database } from '../store/index.ts';

export type SessionQuestion = {
  /** Hash of the token in the cookie, as the store keeps it. */
  readonly tokenHash: string;
  readonly nowMs: number;
};

type Row = {
  readonly user_id: string;
  readonly user_name: string;
  readonly email: string;
  readonly workspace_id: string;
  readonly workspace_name: string;
  readonly time_zone: string;
  readonly role: Session['role'];
};

/** Who is signed in with this token, and in which workspace? The one they chose, else the first they joined. */
export async function findSession(database: Database, question: SessionQuestion): Promise<Session | undefined> {
  const [row] = await database.query<Row>(sql`
    SELECT
      users.id::text AS user_id, users.name AS user_name, users.email,
      workspaces.id::text AS workspace_id, workspaces.name AS workspace_name, workspaces.time_zone, members.role
    FROM sessions
    JOIN users ON users.id = sessions.user_id
    JOIN members ON members.user_id = users.id
    JOIN workspaces ON workspaces.id = members.workspace_id
    WHERE sessions.token = ${question.tokenHash} AND sessions.expires_at > ${new Date(question.nowMs).toISOString()}::timestamptz
    ORDER BY (members.workspace_id = sessions.active_workspace_id) DESC NULLS LAST, members.created_at, members.workspace_id
    LIMIT 1
  `);
  return (
    row && {
      user: { id: row.user_id, name: row.user_name, email: row.email },
      workspace: { id: row.workspace_id, name: row.workspace_name, timeZone: row.time_zone },
      role: row.role,
    }
  );
}
