import type { SetupResult } from '@llmobserve/protocol';
import { createFakeClock, makeEvent } from '@llmobserve/testkit';
import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { hashKey } from '../../src/services/keys/hash-key.ts';
import { asker, jsonBody, newWorkspace } from './new-workspace.ts';
import { startApp, type RunningApp } from './start-app.ts';

const OWNER = { name: 'Ann', email: 'Ann@Example.com', password: 'correct horse' };
const SLOW_MS = 30_000;

const running: RunningApp[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((app) => app.close()));
}, SLOW_MS);

/** These tests are about a collector that nobody owns, so each has its own. */
async function freshApp(overrides?: Parameters<typeof startApp>[0]): Promise<RunningApp> {
  const app = await startApp(overrides);
  running.push(app);
  return app;
}

function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

function post(app: RunningApp, path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(app.url + path, { redirect: 'manual', ...jsonBody(body, headers) });
}

describe('set-up', () => {
  test(
    'the first owner gets a workspace, a session and a key that works',
    async () => {
      const app = await freshApp();
      expect(await (await fetch(`${app.url}/v1/setup`)).json()).toEqual({ needsOwner: true });
      const response = await post(app, '/v1/setup', { ...OWNER, timeZone: 'Europe/Berlin' }, { origin: app.url });
      const { session, apiKey } = (await response.json()) as SetupResult;
      expect([response.status, session]).toMatchObject([
        201,
        { user: { email: 'ann@example.com' }, workspace: { timeZone: 'Europe/Berlin' }, role: 'owner' },
      ]);
      expect(await asker(app.url, { cookie: cookieOf(response) }).get('/v1/session')).toEqual(session);
      const keyed = asker(app.url, { authorization: `Bearer ${apiKey.key}` });
      expect((await keyed.send(makeEvent({ customer: 'acme' }))).status).toBe(200);
      expect(await keyed.get('/v1/ping')).toMatchObject({ workspace: { id: session.workspace.id }, scopes: ['ingest', 'read'] });
      expect(await (await fetch(`${app.url}/v1/setup`)).json()).toEqual({ needsOwner: false });
    },
    SLOW_MS,
  );

  test(
    'of ten who try at once one becomes the owner',
    async () => {
      const app = await freshApp();
      const tries = Array.from({ length: 10 }, (_, index) => post(app, '/v1/setup', { ...OWNER, email: `u${index}@example.com` }));
      const statuses = (await Promise.all(tries)).map((response) => response.status);
      expect(statuses.toSorted()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
      const [counts] = await app.database.query(sql`
      SELECT (SELECT count(*) FROM users)::int AS users, (SELECT count(*) FROM workspaces)::int AS workspaces,
        (SELECT count(*) FROM members)::int AS members, (SELECT count(*) FROM api_keys)::int AS keys
    `);
      expect(counts).toEqual({ users: 1, workspaces: 1, members: 1, keys: 1 });
    },
    SLOW_MS,
  );

  test(
    'a workspace that a key of the environment made becomes the first owner’s',
    async () => {
      const app = await freshApp();
      const { id, key } = await newWorkspace(app);
      const { session, apiKey } = (await (await post(app, '/v1/setup', OWNER)).json()) as SetupResult;
      expect(session.workspace.id).toBe(id);
      expect(apiKey.key).not.toBe(key);
    },
    SLOW_MS,
  );

  test(
    'refuses what cannot be an owner, by name, and pages of other origins',
    async () => {
      const app = await freshApp();
      const wishes = [{ password: 'short' }, { email: 'ann' }, { name: ' ' }, { timeZone: 'Mars' }, { password: 'x'.repeat(129) }];
      for (const wish of wishes) {
        // One after the other: each has to leave the collector without an owner.
        const response = await post(app, '/v1/setup', { ...OWNER, ...wish });
        expect([response.status, await response.json()]).toMatchObject([400, { code: 'invalid_body', member: Object.keys(wish)[0] }]);
      }
      for (const origin of ['https://evil.example', 'http://127.0.0.1:1', 'null']) {
        expect((await post(app, '/v1/setup', OWNER, { origin })).status).toBe(403);
      }
      expect(await (await fetch(`${app.url}/v1/setup`)).json()).toEqual({ needsOwner: true });
    },
    SLOW_MS,
  );
});

describe('signing in', () => {
  test(
    'works by password until one signs out, and nothing at rest signs anybody in',
    async () => {
      const app = await freshApp();
      const { apiKey } = (await (await post(app, '/v1/setup', OWNER)).json()) as SetupResult;
      const signedIn = await post(app, '/auth/sign-in/email', { email: 'ANN@example.com', password: OWNER.password }, { origin: app.url });
      expect(signedIn.headers.getSetCookie()[0]).toMatch(/^llmobserve-session=[^;]+;.*HttpOnly; SameSite=Lax$/);
      const cookie = cookieOf(signedIn);
      const token = cookie.split('=')[1]?.split('.')[0] ?? '';
      const rows = JSON.stringify(await app.database.query(sql`SELECT sessions.*, accounts.* FROM sessions, accounts`));
      expect(rows).not.toContain(token);
      expect(rows).not.toContain(OWNER.password);
      const [key] = await app.database.query<{ row: string }>(
        sql`SELECT api_keys::text AS row FROM api_keys WHERE key_hash = ${hashKey(apiKey.key)}`,
      );
      expect(key?.row).not.toContain(apiKey.key.slice(12));
      expect((await fetch(`${app.url}/v1/costs`, { headers: { cookie } })).status).toBe(200);
      expect((await post(app, '/auth/sign-out', {}, { cookie, origin: app.url })).status).toBe(200);
      const after = await fetch(`${app.url}/v1/costs`, { headers: { cookie } });
      expect([after.status, await after.json()]).toMatchObject([401, { code: 'not_signed_in' }]);
    },
    SLOW_MS,
  );

  test(
    'a wrong password and an unknown e-mail are answered the same',
    async () => {
      const app = await freshApp();
      await post(app, '/v1/setup', OWNER);
      const refuse = async (email: string) => {
        const response = await post(app, '/auth/sign-in/email', { email, password: 'wrong password' });
        const { requestId: _requestId, ...problem } = (await response.json()) as Record<string, unknown>;
        return problem;
      };
      expect(await refuse('ann@example.com')).toEqual(await refuse('nobody@example.com'));
    },
    SLOW_MS,
  );

  test(
    'of many guesses at once few are looked at; the rest are told to wait',
    async () => {
      const app = await freshApp();
      await post(app, '/v1/setup', OWNER);
      const guesses = Array.from({ length: 60 }, (_, index) =>
        post(app, '/auth/sign-in/email', { email: 'ann@example.com', password: `guess ${index}` }),
      );
      const answers = await Promise.all(guesses);
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
      expect(answers.filter(({ status, headers }) => status === 429 && Number(headers.get('retry-after')) > 0)).toHaveLength(50);
      expect((await post(app, '/auth/sign-in/email', OWNER)).status).toBe(429);
    },
    SLOW_MS,
  );

  test(
    'nobody signs up by themselves, and no other door of the library is open',
    async () => {
      const app = await freshApp();
      await post(app, '/v1/setup', OWNER);
      for (const path of ['/auth/sign-up/email', '/auth/organization/create', '/auth/update-user', '/auth/reset-password']) {
        expect((await post(app, path, { ...OWNER, email: 'eve@example.com' })).status).toBe(404);
      }
      expect((await fetch(`${app.url}/auth/list-sessions`)).status).toBe(404);
    },
    SLOW_MS,
  );

  test(
    'a change that a page of another origin asks for is refused, cookie or not',
    async () => {
      const app = await freshApp();
      const cookie = cookieOf(await post(app, '/v1/setup', OWNER));
      // What a browser adds on its own for a proxy in front of us is no key.
      const proxied = { origin: 'https://evil.example', authorization: 'Basic YTpi' };
      for (const headers of [{ cookie, origin: 'https://evil.example' }, { cookie }, { origin: 'https://evil.example' }, proxied]) {
        expect((await post(app, '/v1/api-keys', { name: 'x' }, headers as Record<string, string>)).status).toBe(403);
      }
      expect((await post(app, '/v1/api-keys', { name: 'x' }, { cookie, origin: app.url })).status).toBe(201);
    },
    SLOW_MS,
  );
});

describe('a sign-in link', () => {
  test(
    'makes the demo’s owner and lets in once, also when it is opened twice at the same time',
    async () => {
      const app = await freshApp();
      const { id } = await newWorkspace(app);
      const path = await app.services.createSignInLink();
      const answers = await Promise.all([1, 2, 3].map(() => fetch(app.url + path, { redirect: 'manual' })));
      const inside = answers.filter(({ headers }) => headers.get('location') === '/');
      expect([inside.length, answers.every(({ status }) => status === 302)]).toEqual([1, true]);
      const session = await asker(app.url, { cookie: inside.map(cookieOf).join() }).get('/v1/session');
      expect(session).toMatchObject({
        user: { name: 'Demo owner', email: 'demo@localhost.localdomain' },
        workspace: { id },
        role: 'owner',
      });
      expect(JSON.stringify(await app.database.query(sql`SELECT * FROM verifications`))).not.toContain(path.split('=')[1]);
    },
    SLOW_MS,
  );

  test(
    'is for the first user when there is one, and of no use after an hour',
    async () => {
      const clock = createFakeClock(Date.now() - 61 * 60_000);
      const app = await freshApp({ clock });
      await post(app, '/v1/setup', OWNER);
      const path = await app.services.createSignInLink();
      const response = await fetch(app.url + path, { redirect: 'manual' });
      expect([response.headers.get('location'), response.headers.getSetCookie()]).toEqual(['/sign-in?link=expired', []]);
      expect(await app.database.query(sql`SELECT email FROM users`)).toEqual([{ email: 'ann@example.com' }]);
    },
    SLOW_MS,
  );
});

describe('on https', () => {
  test(
    'the cookie is bound to the host and to https, and the public origin is ours',
    async () => {
      const config = { host: '0.0.0.0', publicUrl: 'https://costs.example.com', metricsToken: undefined };
      const app = await freshApp({ config });
      const response = await post(app, '/v1/setup', OWNER, { origin: 'https://costs.example.com' });
      expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-llmobserve-session=[^;]+;.*Path=\/;.*Secure/);
      expect((await asker(app.url, { cookie: cookieOf(response) }).fetch('/v1/session')).status).toBe(200);
    },
    SLOW_MS,
  );
});
