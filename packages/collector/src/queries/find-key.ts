import type { Scope, Session } from '@llmobserve/protocol';
import { sql } from 'drizzle-orm';

import type { Database } from '../store/index.ts';

/** What a key may do, and for whom. */
export type KeyGrant = {
  readonly workspace: Session['workspace'];
  readonly keyId: string;
  readonly environment: string | undefined;
  readonly scopes: readonly Scope[];
  readonly expiresAtMs: number | undefined;
};

type Row = {
  readonly workspace_id: string;
  readonly workspace_name: string;
  readonly time_zone: string;
  readonly key_id: string;
  readonly environment: string | null;
  readonly scopes: readonly Scope[];
  readonly expires_ms: number | null;
};

/** Whose key has this hash? None when it was never issued, or is revoked. */
export async function findKey(database: Database, keyHash: Buffer): Promise<KeyGrant | undefined> {
  const [row] = await database.query<Row>(sql`
    SELECT
      api_keys.workspace_id::text, workspaces.name AS workspace_name, workspaces.time_zone, api_keys.id::text AS key_id, environment,
      array_to_json(scopes) AS scopes, (extract(epoch FROM expires_at) * 1000)::float8 AS expires_ms
    FROM api_keys
    JOIN workspaces ON workspaces.id = api_keys.workspace_id
    WHERE key_hash = ${keyHash} AND revoked_at IS NULL
  `);
  if (!row) return undefined;
  return {
    workspace: { id: row.workspace_id, name: row.workspace_name, timeZone: row.time_zone },
    keyId: row.key_id,
    environment: row.environment ?? undefined,
    scopes: row.scopes,
    expiresAtMs: row.expires_ms ?? undefined,
  };
}
