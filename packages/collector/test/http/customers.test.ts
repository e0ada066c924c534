import type { CustomerPage } from '@llmobserve/protocol';
import { makeEvent } from '@llmobserve/testkit';
import { describe, expect, test } from 'vitest';
import { jsonBody, newWorkspace, type Workspace } from './new-workspace.ts';
import { useApp } from './start-app.ts';

const app = useApp();
const RANGE = 'from=2026-11-01&to=2026-11-15';

function call(customer: string, reportedCostUsd: string, startedAt = '2026-11-10T12:00:00.000Z'): unknown {
  return makeEvent({ customer, reportedCostUsd, startedAt });
}

async function ledgerOf(events: readonly unknown[], customers: readonly unknown[] = []): Promise<Workspace> {
  const workspace = await newWorkspace(app());
  expect((await workspace.fetch('/v1/events', jsonBody({ customers, events }))).status).toBe(200);
  return workspace;
}

function list(workspace: Workspace, query: string): Promise<CustomerPage> {
  return workspace.get(`/v1/customers?${query}`);
}

describe('works', () => {
  test('a customer comes with facts, figures of the range and the last 14 days', async () => {
    const workspace = await ledgerOf(
      [
        call('acme', '1', '2026-11-14T23:59:59.999Z'),
        call('acme', '2', '2026-11-01T00:00:00.000Z'),
        call('acme', '4', '2026-10-31T23:59:59.999Z'),
        call('acme', '8', '2026-11-15T00:00:00.000Z'),
      ],
      [{ id: 'acme', name: 'Acme', plan: 'pro', tags: { tier: 'gold' } }],
    );
    const page = await list(workspace, `${RANGE}&compare=previous`);
    const trend = ['2.000000000000', ...Array.from({ length: 12 }, () => '0.000000000000'), '1.000000000000'];
    expect(page).toEqual({
      total: 1,
      items: [
        {
          id: 'acme',
          name: 'Acme',
          plan: 'pro',
          tags: { tier: 'gold' },
          costUsd: '3.000000000000',
          calls: 2,
          previousCostUsd: '4.000000000000',
          firstSeenAt: '2026-10-31T23:59:59.999Z',
          lastSeenAt: '2026-11-15T00:00:00.000Z',
          trend,
        },
      ],
    });
    expect(await workspace.get('/v1/customers/acme')).toMatchObject({ id: 'acme', name: 'Acme', plan: 'pro' });
  });

  test('a customer without a call in the range is there with nothing', async () => {
    const workspace = await ledgerOf([call('idle', '1', '2026-09-01T00:00:00.000Z')]);
    expect((await list(workspace, RANGE)).items).toMatchObject([{ id: 'idle', costUsd: '0.000000000000', calls: 0 }]);
  });

  test.each([
    ['acm', ['acme']],
    ['GLOB', ['g1']],
    ['100%', ['100%']],
    ['_', ['a_b']],
    ['\\', []],
    ["'; --", []],
  ])('search %s', async (search, ids) => {
    const events = ['acme', 'g1', '100%', 'a_b'].map((id) => call(id, '1'));
    const workspace = await ledgerOf(events, [{ id: 'g1', name: 'Globex' }]);
    const page = await list(workspace, `${RANGE}&search=${encodeURIComponent(search)}`);
    expect([page.items.map(({ id }) => id), page.total]).toEqual([ids, ids.length]);
  });

  test.each([
    ['-costUsd', ['b', 'c', 'a']],
    ['costUsd', ['a', 'c', 'b']],
    ['-calls', ['a', 'c', 'b']],
    ['name', ['c', 'b', 'a']],
    ['-name', ['a', 'b', 'c']],
    ['-lastSeenAt', ['c', 'b', 'a']],
    ['firstSeenAt', ['a', 'b', 'c']],
  ])('sorted by %s, page by page, everybody is seen once', async (sort, ids) => {
    const events = [
      call('a', '0.1', '2026-11-02T00:00:00.000Z'),
      call('a', '0.1', '2026-11-02T00:00:01.000Z'),
      call('b', '5', '2026-11-03T00:00:00.000Z'),
      call('c', '1', '2026-11-04T00:00:00.000Z'),
    ];
    const workspace = await ledgerOf(events, [
      { id: 'c', name: 'Alpha' },
      { id: 'a', name: 'Zeta' },
    ]);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const from = cursor === undefined ? '' : `&cursor=${cursor}`;
      // Each page begins where the one before ended.
      const page: CustomerPage = await list(workspace, `${RANGE}&sort=${sort}&limit=1${from}`);
      expect([page.total, page.items.length]).toEqual([3, 1]);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    const expected = sort === '-calls' ? ['a', 'c', 'b'] : ids;
    expect(seen).toEqual(expected);
  });

  test.each(['a/b', 'ü?&#', '..', '%2F'])('a customer called %s can be opened', async (id) => {
    const workspace = await ledgerOf([call(id, '1')]);
    // A URL parser resolves dots as steps, so they cannot be asked for; every other name can.
    if (id !== '..') expect(await workspace.get(`/v1/customers/${encodeURIComponent(id)}`)).toMatchObject({ id });
    expect((await list(workspace, RANGE)).items).toMatchObject([{ id }]);
  });
});

describe('refuses', () => {
  test.each([
    ['sort', 'sort=password'],
    ['limit', 'limit=1000'],
    ['search', `search=${'x'.repeat(201)}`],
    ['search', 'search=%00'],
    ['cursor', 'cursor=abc'],
    ['cursor', `cursor=${Buffer.from('{"sort":"name","sorted":"x","id":"y"}').toString('base64url')}`],
    ['compare', 'compare=yesterday'],
  ])('a %s that cannot be used, by name', async (parameter, query) => {
    const workspace = await newWorkspace(app());
    expect(await workspace.problem(`/v1/customers?${query}`)).toMatchObject({ status: 400, code: 'invalid_query', parameter });
  });
});

describe('protects', () => {
  test('customers of the same name in two workspaces are two', async () => {
    const one = await ledgerOf([call('acme', '1')]);
    const other = await ledgerOf([call('acme', '2'), call('globex', '3')]);
    expect((await list(one, RANGE)).items).toMatchObject([{ id: 'acme', costUsd: '1.000000000000' }]);
    expect(await one.problem('/v1/customers/globex')).toMatchObject({ status: 404, code: 'not_found' });
    expect((await list(other, RANGE)).total).toBe(2);
  });
});
