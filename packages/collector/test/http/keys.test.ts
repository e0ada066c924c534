import type { ApiKeySummary, CreatedApiKey, Page } from '@llmobserve/protocol';
import { isApiKey } from '@llmobserve/protocol';
import { createFakeClock, makeEvent, randomKey } from '@llmobserve/testkit';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { asker, jsonBody, newKey, newWorkspace, type Workspace } from './new-workspace.ts';
import { startApp, useApp } from './start-app.ts';

const app = useApp();

async function create(workspace: Workspace, wish: object): Promise<CreatedApiKey> {
  const response = await workspace.fetch('/v1/api-keys', jsonBody(wish));
  expect(response.status).toBe(201);
  return (await response.json()) as CreatedApiKey;
}

function asking(key: string): Workspace['fetch'] {
  return asker(app().url, { authorization: `Bearer ${key}` }).fetch;
}

describe('works', () => {
  test('a key is shown once, works with its scopes, and is listed without itself', async () => {
    const workspace = await newWorkspace(app());
    const created = await create(workspace, { name: 'ci', environment: 'staging', scopes: ['read', 'read'] });
    expect([isApiKey(created.key), created.scopes, created.environment]).toEqual([true, ['read'], 'staging']);
    expect((await asking(created.key)('/v1/costs')).status).toBe(200);
    expect(
      await asker(app().url, { authorization: `Bearer ${created.key}` }).problem('/v1/events', jsonBody({ events: [] })),
    ).toMatchObject({
      status: 403,
      code: 'missing_scope',
    });
    const { items } = await workspace.get<Page<ApiKeySummary>>('/v1/api-keys');
    const listed = items.find(({ id }) => id === created.id);
    expect(listed).toMatchObject({ prefix: created.key.slice(0, 12), last4: created.key.slice(-4), name: 'ci' });
    expect(JSON.stringify(items)).not.toContain(created.key);
    expect(Date.parse(listed?.lastUsedAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });

  test('without scopes a key may only send', async () => {
    expect((await create(await newWorkspace(app()), { name: 'app' })).scopes).toEqual(['ingest']);
  });

  test('the list pages, the newest first', async () => {
    const workspace = await newWorkspace(app());
    for (const name of ['one', 'two']) await create(workspace, { name });
    const first = await workspace.get<Page<ApiKeySummary>>('/v1/api-keys?limit=2');
    const rest = await workspace.get<Page<ApiKeySummary>>(`/v1/api-keys?limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items].map(({ name }) => name).toSorted()).toEqual(['one', 'test', 'two']);
    expect(rest.nextCursor).toBeUndefined();
  });

  test('a revoked key is refused with the very next request, though it was in use', async () => {
    const workspace = await newWorkspace(app());
    const { id, key } = await create(workspace, { name: 'leaked' });
    expect((await asking(key)('/v1/ping')).status).toBe(200);
    const busy = Array.from({ length: 20 }, () => asking(key)('/v1/ping'));
    expect((await workspace.fetch(`/v1/api-keys/${id}`, { method: 'DELETE' })).status).toBe(204);
    await Promise.all(busy);
    expect((await asking(key)('/v1/ping')).status).toBe(401);
    expect((await workspace.fetch(`/v1/api-keys/${id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await workspace.get<Page<ApiKeySummary>>('/v1/api-keys')).items.map((item) => item.id)).not.toContain(id);
  });

  test('a key revoked by another collector is refused within 5 s', async () => {
    const clock = createFakeClock(Date.now());
    const other = await startApp({ database: app().database, clock });
    const workspace = await newWorkspace(app());
    const { id, key } = await create(workspace, { name: 'shared' });
    const ask = asker(other.url, { authorization: `Bearer ${key}` }).fetch;
    expect((await ask('/v1/ping')).status).toBe(200);
    await workspace.fetch(`/v1/api-keys/${id}`, { method: 'DELETE' });
    clock.advance(5_000);
    expect((await ask('/v1/ping')).status).toBe(401);
    await other.close();
  });

  test('an expired key is refused from that moment', async () => {
    const clock = createFakeClock(Date.now());
    const timed = await startApp({ database: app().database, clock });
    const workspace = await newWorkspace(timed);
    const created = await workspace.fetch(
      '/v1/api-keys',
      jsonBody({ name: 'short', expiresAt: new Date(clock.nowMs() + 1_000).toISOString() }),
    );
    const { key } = (await created.json()) as CreatedApiKey;
    const ask = asker(timed.url, { authorization: `Bearer ${key}` }).fetch;
    expect((await ask('/v1/ping')).status).toBe(200);
    clock.advance(1_000);
    expect((await ask('/v1/ping')).status).toBe(401);
    await timed.close();
  });
});

describe('refuses', () => {
  test('no key, a malformed, an unknown and a revoked one are answered the same', async () => {
    const workspace = await newWorkspace(app());
    const { id, key } = await create(workspace, { name: 'gone' });
    await workspace.fetch(`/v1/api-keys/${id}`, { method: 'DELETE' });
    const sent = [undefined, 'Bearer', 'Bearer x', `Bearer ${randomKey()}`, `Bearer ${key}`, `Basic ${key}`, `Bearer ${key.slice(0, -1)}!`];
    const answers = await Promise.all(
      sent.map(async (authorization) => {
        const response = await fetch(`${app().url}/v1/costs`, { headers: authorization === undefined ? {} : { authorization } });
        const { requestId: _requestId, ...problem } = (await response.json()) as Record<string, unknown>;
        return { status: response.status, problem };
      }),
    );
    expect(answers).toEqual(sent.map(() => answers[0]));
    expect(answers[0]).toMatchObject({ status: 401, problem: { code: 'invalid_key' } });
  });

  test.each([
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 'a\u0000b' }, 'name'],
    [{ name: 'k', scopes: ['root'] }, 'scopes.0'],
    [{ name: 'k', scopes: [] }, 'scopes'],
    [{ name: 'k', environment: '' }, 'environment'],
    [{ name: 'k', expiresAt: 'soon' }, 'expiresAt'],
    [{ name: 'k', expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
  ])('the wish %j, by member', async (wish, member) => {
    const workspace = await newWorkspace(app());
    expect(await workspace.problem('/v1/api-keys', jsonBody(wish))).toMatchObject({ status: 400, code: 'invalid_body', member });
  });
});

describe('protects', () => {
  test('members that are not asked for change nothing', async () => {
    const [workspace, other] = [await newWorkspace(app()), await newWorkspace(app())];
    const created = await create(workspace, { name: 'k', id: randomUUID(), workspaceId: other.id, keyHash: 'x', revokedAt: null });
    expect((await other.get<Page<ApiKeySummary>>('/v1/api-keys')).items.map(({ id }) => id)).not.toContain(created.id);
  });

  test('a key of another workspace cannot be revoked', async () => {
    const [workspace, other] = [await newWorkspace(app()), await newWorkspace(app())];
    const { key, keyId } = await newKey(app(), other.id);
    expect((await workspace.fetch(`/v1/api-keys/${keyId}`, { method: 'DELETE' })).status).toBe(404);
    expect((await asking(key)('/v1/ping')).status).toBe(200);
  });

  test('events go to the workspace of the key, whatever else they name', async () => {
    const [workspace, other] = [await newWorkspace(app()), await newWorkspace(app())];
    const event = { ...makeEvent(), workspaceId: other.id, workspace_id: other.id };
    await workspace.fetch('/v1/events', jsonBody({ workspaceId: other.id, events: [event] }, { 'x-workspace-id': other.id }));
    expect(await other.get('/v1/costs')).toMatchObject({ total: { calls: 0 } });
  });
});
