import type { ApiKeySummary, Scope } from '@llmobserve/protocol';
import { sql } from 'drizzle-orm';

import type { Database } from '../store/index.ts';
import { instant } from './call-filter.ts';

/** Where the page before ended. */
export type ApiKeyCursor = { readonly createdMs: number; readonly id: string };

export type ApiKeysQuestion = { readonly after: ApiKeyCursor | undefined; readonly limit: number };
export type ApiKeysAnswer = { readonly items: readonly ApiKeySummary[]; readonly next: ApiKeyCursor | undefined };

type Row = {
  readonly id: string;
  readonly prefix: string;
  readonly last4: string;
  readonly name: string;
  readonly environment: string | null;
  readonly scopes: readonly Scope[];
  readonly created_ms: number;
  readonly expires_ms: number | null;
  readonly last_used_ms: number | null;
};

/** Which keys may still be used, the newest first? */
export async function listApiKeys(database: Database, workspaceId: string, question: ApiKeysQuestion): Promise<ApiKeysAnswer> {
  const { after, limit } = question;
  const rows = await database.query<Row>(sql`
    SELECT
      id::text, prefix, last4, name, environment, array_to_json(scopes) AS scopes,
      (extract(epoch FROM created_at) * 1000)::float8 AS created_ms,
      (extract(epoch FROM expires_at) * 1000)::float8 AS expires_ms,
      (extract(epoch FROM last_used_at) * 1000)::float8 AS last_used_ms
    FROM api_keys
    WHERE workspace_id = ${workspaceId}::uuid AND revoked_at IS NULL
      AND ${after ? sql`(created_at, id) < (${instant(after.createdMs)}, ${after.id}::uuid)` : sql`true`}
    ORDER BY created_at DESC, api_keys.id DESC
    LIMIT ${limit + 1}
  `);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { items: shown.map(summaryOf), next: last && { createdMs: last.created_ms, id: last.id } };
}

function summaryOf(row: Row): ApiKeySummary {
  return {
    id: row.id,
    prefix: row.prefix,
    last4: row.last4,
    name: row.name,
    ...(row.environment === null ? {} : { environment: row.environment }),
    scopes: row.scopes,
    createdAt: new Date(row.created_ms).toISOString(),
    ...(row.expires_ms === null ? {} : { expiresAt: new Date(row.expires_ms).toISOString() }),
    ...(row.last_used_ms === null ? {} : { lastUsedAt: new Date(row.last_used_ms).toISOString() }),
  };
}
