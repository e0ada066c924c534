import { EVENT_KINDS, parseUsd, type Page, type PricedEvent, type UnpricedModel } from '@llmobserve/protocol';
import { makeEvent } from '@llmobserve/testkit';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newWorkspace, type Workspace } from './new-workspace.ts';
import { useApp } from './start-app.ts';

const app = useApp();

async function ledgerOf(...events: readonly unknown[]): Promise<Workspace> {
  const workspace = await newWorkspace(app());
  expect((await workspace.send(...events)).status).toBe(200);
  return workspace;
}

describe('one event', () => {
  test('explains its cost by lines whose sum it is', async () => {
    const id = randomUUID();
    const workspace = await ledgerOf(makeEvent({ id, usage: { input: 176, cachedInput: 1024, output: 340 } }));
    const { cost, receivedAt } = await workspace.get<PricedEvent>(`/v1/events/${id}`);
    // 176 × $2.50 + 1024 × $1.25 + 340 × $10, each per million.
    expect(cost).toMatchObject({ usd: '0.005120000000', quality: 'exact' });
    expect(cost.lines.map(({ unit, quantity }) => [unit, quantity]).toSorted()).toEqual([
      ['cachedInput', '1024'],
      ['input', '176'],
      ['output', '340'],
    ]);
    expect(cost.lines.reduce((sum, line) => sum + (parseUsd(line.usd) ?? 0n), 0n)).toBe(parseUsd(cost.usd));
    expect(cost.bookVersion).not.toBe('');
    expect(Math.abs(Date.parse(receivedAt) - Date.now())).toBeLessThan(60_000);
  });

  test('of an unknown model is kept, unpriced and listed', async () => {
    const id = randomUUID();
    const workspace = await ledgerOf(makeEvent({ id, model: 'mystery-1' }), makeEvent({ model: 'mystery-1' }));
    const event = await workspace.get<PricedEvent>(`/v1/events/${id}`);
    expect(event.cost).toMatchObject({ usd: '0.000000000000', quality: 'unpriced', lines: [] });
    const { items } = await workspace.get<Page<UnpricedModel>>('/v1/unpriced');
    expect(items).toMatchObject([{ provider: 'openai', model: 'mystery-1', calls: 2 }]);
  });

  test.each(['nonsense', '0198f3a2-0000-7000-8000-000000000000', "'--", '%00'])('%s is not found', async (id) => {
    const workspace = await newWorkspace(app());
    expect(await workspace.problem(`/v1/events/${id}`)).toMatchObject({ status: 404, code: 'not_found' });
  });
});

describe('the list', () => {
  const at = (second: number): string => new Date(Date.UTC(2026, 10, 10, 12, 0, second)).toISOString();
  const RANGE = 'from=2026-11-10&to=2026-11-11';

  test('is the latest first, and by pages everything is seen once, also at the same instant', async () => {
    const ids = Array.from({ length: 7 }, () => randomUUID());
    const workspace = await ledgerOf(...ids.map((id, index) => makeEvent({ id, startedAt: at(Math.floor(index / 3)) })));
    const seen: PricedEvent[] = [];
    let cursor = '';
    do {
      // Each page begins where the one before ended.
      const page: Page<PricedEvent> = await workspace.get(`/v1/events?${RANGE}&limit=2${cursor}`);
      seen.push(...page.items);
      cursor = page.nextCursor === undefined ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    expect(seen.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(seen.map(({ startedAt }) => startedAt)).toEqual(
      seen
        .map(({ startedAt }) => startedAt)
        .toSorted()
        .toReversed(),
    );
  });

  test('takes the filters of the costs', async () => {
    const workspace = await ledgerOf(
      makeEvent({ startedAt: at(1), customer: 'acme', section: 'agent:a' }),
      makeEvent({ startedAt: at(2), customer: 'globex' }),
      makeEvent({ startedAt: at(3) }),
    );
    const customers = async (query: string) =>
      (await workspace.get<Page<PricedEvent>>(`/v1/events?${RANGE}&${query}`)).items.map(({ customer }) => customer);
    expect(await customers('filter[customer]=acme')).toEqual(['acme']);
    expect(await customers('filter[customer]=')).toEqual([undefined]);
    expect(await customers('filter[agent]=a')).toEqual(['acme']);
  });

  test('finds calls by their kinds, however many sections were written between them', async () => {
    const section = (second: number): unknown => ({
      ...makeEvent({ startedAt: at(second), customer: 'acme' }),
      kind: 'section',
      provider: 'llmobserve',
      model: undefined,
      usage: undefined,
    });
    const calls = [makeEvent({ startedAt: at(1) }), makeEvent({ startedAt: at(2) })];
    const workspace = await ledgerOf(...calls, ...Array.from({ length: 30 }, (_, index) => section(3 + index)));
    const kinds = EVENT_KINDS.filter((kind) => kind !== 'section').map((kind) => `filter[kind]=${kind}`);
    const { items } = await workspace.get<Page<PricedEvent>>(`/v1/events?${RANGE}&limit=20&${kinds.join('&')}`);
    expect(items.map(({ kind }) => kind)).toEqual(['llm', 'llm']);
    const { items: all } = await workspace.get<Page<PricedEvent>>(`/v1/events?${RANGE}&limit=20`);
    expect(new Set(all.map(({ kind, cost }) => `${kind} ${cost.usd}`))).toEqual(new Set(['section 0.000000000000']));
  });

  test.each([
    ['cursor', 'cursor=x'],
    ['limit', 'limit=201'],
    ['from', 'from=never'],
    ['filter[x]', 'filter[x]=1'],
  ])('refuses a %s that cannot be used', async (parameter, query) => {
    const workspace = await newWorkspace(app());
    expect(await workspace.problem(`/v1/events?${query}`)).toMatchObject({ status: 400, code: 'invalid_query', parameter });
  });
});
