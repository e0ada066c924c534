import { makeEvent } from '@llmobserve/testkit';
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { writeCursor } from '../../src/http/page-cursor.ts';
import { newWorkspace, type Workspace } from './new-workspace.ts';
import { useApp } from './start-app.ts';

const app = useApp();
const id = randomUUID();
let workspace: Workspace;

beforeAll(async () => {
  workspace = await newWorkspace(app());
  await workspace.send(makeEvent({ customer: 'acme' }), makeEvent({ customer: 'globex' }));
});

test.each([
  ['/v1/events?', { startedMs: 1e300, id }],
  ['/v1/events?', { startedMs: 8.64e15, id }],
  ['/v1/events?', { startedMs: -1e14, id }],
  ['/v1/events?', { startedMs: 1.5, id }],
  ['/v1/api-keys?', { createdMs: 1e15, id }],
  ['/v1/customers?', { sort: '-costUsd', sorted: 'abc', id: 'x' }],
  ['/v1/customers?', { sort: '-costUsd', sorted: 'NaN', id: 'x' }],
  ['/v1/customers?', { sort: '-costUsd', sorted: '1', id: 'a\0b' }],
  ['/v1/customers?sort=calls&', { sort: 'calls', sorted: '1.5', id: 'x' }],
  ['/v1/customers?sort=calls&', { sort: 'calls', sorted: '9'.repeat(20), id: 'x' }],
  ['/v1/customers?sort=lastSeenAt&', { sort: 'lastSeenAt', sorted: 'now()', id: 'x' }],
  ['/v1/customers?sort=name&', { sort: 'name', sorted: 'a\0', id: 'x' }],
  ['/v1/customers?sort=name&', { sort: 'calls', sorted: '1', id: 'x' }],
])('a place in %s that no answer named is refused, not a fault: %j', async (path, position) => {
  expect(await workspace.problem(`${path}cursor=${writeCursor(position)}`)).toMatchObject({
    status: 400,
    code: 'invalid_query',
    parameter: 'cursor',
  });
});

test.each(['costUsd', '-costUsd', 'calls', '-calls', 'name', '-name', 'firstSeenAt', '-lastSeenAt'])(
  'the places that answers name lead on, by %s',
  async (sort) => {
    const first = await workspace.get<{ items: { id: string }[]; nextCursor: string }>(`/v1/customers?sort=${sort}&limit=1`);
    const second = await workspace.get<{ items: { id: string }[]; nextCursor?: string }>(
      `/v1/customers?sort=${sort}&limit=1&cursor=${first.nextCursor}`,
    );
    expect([...first.items, ...second.items].map((customer) => customer.id).toSorted()).toEqual(['acme', 'globex']);
    expect(second.nextCursor).toBeUndefined();
  },
);

test.each(['/v1/events?', '/v1/customers?compare=previous&', '/v1/costs?compare=previous&interval=month&', '/v1/unpriced?'])(
  '%s takes a range of all time',
  async (path) => {
    expect((await workspace.fetch(`${path}from=1970-01-01&to=9999-12-31`)).status).toBe(200);
  },
);
