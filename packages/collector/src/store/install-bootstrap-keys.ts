import { maskApiKey, SCOPES, type ApiKey } from '@llmobserve/protocol';
import { eq } from 'drizzle-orm';
import { createHash } from 'node:crypto';

import type { Database, Queryable } from './database.ts';
import { apiKeys, workspaces } from './schema/index.ts';

export type InstallBootstrapKeysDeps = {
  readonly database: Database;
  readonly clock: { nowMs(): number };
  readonly randomUuid: () => string;
};

/**
 * Installs each key with a workspace of its own: `bootstrap`, `bootstrap-2`, ….
 *
 * A key that is there already, revoked or not, stays as it is; so starting again changes nothing.
 */
export async function installBootstrapKeys(deps: InstallBootstrapKeysDeps, keys: readonly ApiKey[]): Promise<void> {
  if (keys.length === 0) return;
  await deps.database.transaction(async (tx) => {
    for (const [index, key] of keys.entries()) {
      // One after the other: they share a connection.
      await installKey(deps, tx, { key, slug: index === 0 ? 'bootstrap' : `bootstrap-${index + 1}` });
    }
  });
}

async function installKey(
  deps: InstallBootstrapKeysDeps,
  tx: Queryable,
  { key, slug }: { readonly key: ApiKey; readonly slug: string },
): Promise<void> {
  const keyHash = createHash('sha256').update(key).digest();
  const known = await tx.orm.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.keyHash, keyHash)).limit(1);
  if (known.length > 0) return;
  const createdAt = new Date(deps.clock.nowMs());
  await tx.orm
    .insert(workspaces)
    .values({ id: deps.randomUuid(), name: slug, slug, createdAt })
    .onConflictDoNothing({ target: workspaces.slug });
  const [workspace] = await tx.orm.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.slug, slug));
  if (!workspace) throw new Error(`the workspace ${slug} was just made and is not there`);
  const { prefix, last4 } = maskApiKey(key);
  // An id made of the key, so that two collectors that start at once install one key, not two.
  const row = { id: uuidOf(keyHash), workspaceId: workspace.id, name: 'bootstrap', scopes: [...SCOPES], keyHash, prefix, last4, createdAt };
  await tx.orm
    .insert(apiKeys)
    .values(row)
    .onConflictDoNothing({ target: [apiKeys.workspaceId, apiKeys.id] });
}

/** A UUID v8 of the hash's first 16 bytes. */
function uuidOf(hash: Buffer): string {
  const bytes = Buffer.from(hash.subarray(0, 16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
