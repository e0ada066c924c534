import { sql } from 'drizzle-orm';

import type { Database } from '../database.ts';
import type { KeyUse } from './touch-api-key.ts';

/** Revokes a key of a workspace; false when it has no such key, or it was revoked before. */
export async function revokeApiKey(database: Database, { workspaceId, keyId, atMs }: KeyUse): Promise<boolean> {
  const rows = await database.query(sql`
    UPDATE api_keys SET revoked_at = ${new Date(atMs).toISOString()}::timestamptz
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${keyId}::uuid AND revoked_at IS NULL
    RETURNING id
  `);
  return rows.length > 0;
}
