import { makeEvent, randomKey } from '@llmobserve/testkit';
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { newKey, newWorkspace, type Workspace } from './new-workspace.ts';
import { newMember } from './people-maker.ts';
import { useApp } from './start-app.ts';

const app = useApp();

const CALLERS = [
  'nobody',
  'unknown key',
  'ingest key',
  'read key',
  'admin key',
  'viewer',
  'member',
  'admin',
  'owner',
  'owner elsewhere',
] as const;
type Caller = (typeof CALLERS)[number];
type Expectation = { readonly path?: string; readonly body?: unknown; readonly answers: Readonly<Record<Caller, number>> };

const OPEN = answers(200);
const READ = { ...answers(200), nobody: 401, 'unknown key': 401, 'ingest key': 403, 'admin key': 403 };
const ADMIN = (status: number) => ({
  ...answers(status),
  nobody: 401,
  'unknown key': 401,
  'ingest key': 403,
  'read key': 403,
  viewer: 403,
  member: 403,
});
/** Someone else's id is a missing one. */
const HIDDEN = { 'owner elsewhere': 404 };

/** What every route answers to every kind of caller; a route that is not here fails the first test. */
const TABLE: Readonly<Record<string, Expectation>> = {
  'POST /v1/events': {
    body: { events: [] },
    answers: { ...answers(403), nobody: 401, 'unknown key': 401, 'ingest key': 200 },
  },
  'GET /v1/ping': { answers: { ...answers(200), nobody: 401, 'unknown key': 401 } },
  'GET /v1/costs': { answers: READ },
  'GET /v1/unpriced': { answers: READ },
  'GET /v1/customers': { answers: READ },
  'GET /v1/customers/:id': { path: '/v1/customers/acme', answers: { ...READ, ...HIDDEN } },
  'GET /v1/events': { answers: READ },
  'GET /v1/events/:id': { path: '/v1/events/EVENT', answers: { ...READ, ...HIDDEN } },
  'GET /v1/live': { answers: READ },
  'POST /v1/api-keys': { body: { name: 'k' }, answers: ADMIN(201) },
  'GET /v1/api-keys': { answers: ADMIN(200) },
  'DELETE /v1/api-keys/:id': { path: '/v1/api-keys/KEY', answers: { ...ADMIN(204), ...HIDDEN } },
  'GET /v1/session': {
    answers: { ...answers(200), nobody: 401, 'unknown key': 401, 'ingest key': 401, 'read key': 401, 'admin key': 401 },
  },
  'GET /v1/setup': { answers: OPEN },
  'POST /v1/setup': { body: { name: 'x', email: 'x@example.com', password: 'long enough' }, answers: answers(409) },
  'POST /auth/sign-in/email': { body: { email: 'nobody@example.com', password: 'wrong' }, answers: answers(401) },
  'POST /auth/sign-out': { answers: OPEN },
  'GET /sign-in/link': { path: '/sign-in/link?token=guess', answers: answers(302) },
  'GET /health': { answers: OPEN },
  'GET /ready': { answers: OPEN },
  'GET /metrics': { answers: OPEN },
  'GET /openapi.json': { answers: OPEN },
  'GET /docs': { answers: OPEN },
  'GET /*': { path: '/v1/nothing-here', answers: answers(404) },
};

let home: Workspace;
let eventId: string;
const headersOf = new Map<Caller, Record<string, string>>();

beforeAll(async () => {
  home = await newWorkspace(app());
  const elsewhere = await newWorkspace(app());
  eventId = randomUUID();
  await home.send(makeEvent({ id: eventId, customer: 'acme' }));
  const bearer = async (scope: 'ingest' | 'read' | 'admin') => {
    const { key } = await newKey(app(), home.id, { scopes: [scope] });
    return { authorization: `Bearer ${key}` };
  };
  headersOf.set('nobody', {});
  headersOf.set('unknown key', { authorization: `Bearer ${randomKey()}` });
  headersOf.set('ingest key', await bearer('ingest'));
  headersOf.set('read key', await bearer('read'));
  headersOf.set('admin key', await bearer('admin'));
  for (const role of ['viewer', 'member', 'admin', 'owner'] as const)
    headersOf.set(role, { cookie: (await newMember(app(), home.id, role)).cookie });
  headersOf.set('owner elsewhere', { cookie: (await newMember(app(), elsewhere.id, 'owner')).cookie });
});

test('every route of the router stands in the table, and nothing else does', () => {
  const routes = app().app.routes.filter(({ path, method }) => path !== '/*' || method !== 'ALL');
  expect([...new Set(routes.map(({ method, path }) => `${method} ${path}`))].toSorted()).toEqual(Object.keys(TABLE).toSorted());
});

describe.each(Object.entries(TABLE))('%s', (route, { path, body, answers: expected }) => {
  test.each(CALLERS)('%s', async (caller) => {
    const [method = '', template = ''] = route.split(' ');
    const { keyId } = route.startsWith('DELETE') ? await newKey(app(), home.id) : home;
    const asked = (path ?? template).replace('EVENT', eventId).replace('KEY', keyId);
    const controller = new AbortController();
    const response = await fetch(app().url + asked, {
      method,
      redirect: 'manual',
      signal: controller.signal,
      headers: { origin: app().url, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headersOf.get(caller) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(response.status).toBe(expected[caller]);
    if (response.status >= 400) expect(response.headers.get('content-type')).toBe('application/problem+json');
    // A live answer has no end of its own.
    controller.abort();
  });
});

test.each(['/v1/customers/acme', '/v1/events/EVENT'])(
  '%s of another workspace cannot be told from one that does not exist',
  async (path) => {
    const ask = async (asked: string) => {
      const response = await fetch(app().url + asked, { headers: headersOf.get('owner elsewhere') ?? {} });
      const { requestId: _requestId, ...problem } = (await response.json()) as Record<string, unknown>;
      return { status: response.status, problem };
    };
    const foreign = await ask(path.replace('EVENT', eventId));
    expect(foreign).toEqual(await ask(path.replace('acme', 'never-seen').replace('EVENT', randomUUID())));
  },
);

function answers(status: number): Record<Caller, number> {
  return Object.fromEntries(CALLERS.map((caller) => [caller, status])) as Record<Caller, number>;
}
