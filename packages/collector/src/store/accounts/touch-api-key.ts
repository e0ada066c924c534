import { sql } from 'drizzle-orm';

import type { Database } from '../database.ts';

export type KeyUse = { readonly workspaceId: string; readonly keyId: string; readonly atMs: number };

/** Notes when a key was last used. */
export async function touchApiKey(database: Database, use: KeyUse): Promise<void> {
  await database.query(sql`
    UPDATE api_keys SET last_used_at = ${new Date(use.atMs).toISOString()}::timestamptz
    WHERE workspace_id = ${use.workspaceId}::uuid AND id = ${use.keyId}::uuid
  `);
}
