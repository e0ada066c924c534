import type { Scope } from '@llmobserve/protocol';

import type { Queryable } from '../database.ts';
import { apiKeys } from '../schema/index.ts';

export type NewApiKeyRow = {
  readonly id: string;
  readonly name: string;
  readonly environment: string | undefined;
  readonly scopes: readonly Scope[];
  readonly keyHash: Buffer;
  readonly prefix: string;
  readonly last4: string;
  readonly createdBy: string | undefined;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | undefined;
};

/** Writes a new key of a workspace: its hash, never itself. */
export async function insertApiKey(store: Queryable, workspaceId: string, key: NewApiKeyRow): Promise<void> {
  await store.orm.insert(apiKeys).values({
    workspaceId,
    id: key.id,
    name: key.name,
    environment: key.environment ?? null,
    scopes: [...key.scopes],
    keyHash: key.keyHash,
    prefix: key.prefix,
    last4: key.last4,
    createdBy: key.createdBy ?? null,
    createdAt: new Date(key.createdAtMs),
    expiresAt: key.expiresAtMs === undefined ? null : new Date(key.expiresAtMs),
  });
}
