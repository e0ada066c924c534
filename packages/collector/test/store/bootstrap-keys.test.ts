import { randomKey } from '@llmobserve/testkit';
import { sql } from 'drizzle-orm';
import { createHash, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { installBootstrapKeys } from '../../src/store/index.ts';
import { onBothEngines } from '../on-both-engines.ts';

onBothEngines('bootstrap keys', (database) => {
  const keys = [randomKey(), randomKey()];
  const install = (...list: typeof keys) =>
    installBootstrapKeys({ database: database(), clock: { nowMs: () => 0 }, randomUuid: randomUUID }, list);

  test('are installed once by many starters, each with a workspace of its own and every scope', async () => {
    await Promise.all([install(...keys), install(...keys), install(...keys)]);
    expect(await installed()).toEqual(
      keys.map((key, index) => ({ slug: ['bootstrap', 'bootstrap-2'][index], scopes: ['ingest', 'read', 'admin'], hash: hashOf(key) })),
    );
  });

  test('that were revoked stay revoked, and a new one joins the workspace of its place', async () => {
    await database().query(sql`UPDATE api_keys SET revoked_at = created_at`);
    const next = randomKey();
    await install(...keys);
    await install(next);
    const live = await database().query(sql`
      SELECT w.slug, encode(k.key_hash, 'hex') AS hash FROM api_keys k JOIN workspaces w ON w.id = k.workspace_id WHERE k.revoked_at IS NULL
    `);
    expect(live).toEqual([{ slug: 'bootstrap', hash: hashOf(next) }]);
    expect(await database().query(sql`SELECT count(*)::int AS count FROM workspaces`)).toEqual([{ count: 2 }]);
  });

  function installed(): Promise<readonly unknown[]> {
    return database().query(sql`
      SELECT w.slug, k.scopes, encode(k.key_hash, 'hex') AS hash FROM api_keys k JOIN workspaces w ON w.id = k.workspace_id ORDER BY w.slug
    `);
  }
});

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
