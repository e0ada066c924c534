import { parseUsd, type CostReport } from '@llmobserve/protocol';
import { makeEvent } from '@llmobserve/testkit';
import { describe, expect, test } from 'vitest';
import { newWorkspace, type Workspace } from './new-workspace.ts';
import { useApp } from './start-app.ts';

const app = useApp();

/** A call that costs exactly what its provider said. */
function call(costUsd: string, members: object = {}): unknown {
  return makeEvent({ reportedCostUsd: costUsd, startedAt: '2026-11-10T12:00:00.000Z', ...members });
}

const RANGE = 'from=2026-11-01&to=2026-11-15';

async function ledgerOf(events: readonly unknown[], timeZone = 'UTC'): Promise<Workspace> {
  const workspace = await newWorkspace(app(), { timeZone });
  expect((await workspace.send(...events)).status).toBe(200);
  return workspace;
}

function costs(workspace: Workspace, query: string): Promise<CostReport> {
  return workspace.get(`/v1/costs?${query}`);
}

describe('groups', () => {
  test('the dearest come first, the rest is other, and all of it is the total to the last digit', async () => {
    const workspace = await ledgerOf([
      call('0.000000000001', { customer: 'small' }),
      call('0.3', { customer: 'acme' }),
      call('0.1', { customer: 'globex' }),
      call('0.2', { customer: 'globex' }),
      call('0.000000000002'),
    ]);
    const report = await costs(workspace, `${RANGE}&groupBy=customer&limit=2`);
    expect(report.groups.map(({ key, costUsd, calls }) => ({ key, costUsd, calls }))).toEqual([
      { key: { customer: 'globex' }, costUsd: '0.300000000000', calls: 2 },
      { key: { customer: 'acme' }, costUsd: '0.300000000000', calls: 1 },
    ]);
    expect(report.other).toEqual({ costUsd: '0.000000000003', calls: 2, groups: 2 });
    expect(report.total).toMatchObject({ costUsd: '0.600000000003', calls: 5 });
    expect(sumOf([...report.groups, ...(report.other ? [report.other] : [])])).toBe(parseUsd(report.total.costUsd));
  });

  test('unattributed is a group whose key is null', async () => {
    const report = await costs(await ledgerOf([call('1')]), `${RANGE}&groupBy=customer,user`);
    expect(report.groups.map(({ key }) => key)).toEqual([{ customer: null, user: null }]);
  });

  test.each([
    ['customer', 'acme'],
    ['model', 'gpt-4o-2024-08-06'],
    ['provider', 'openai'],
    ['kind', 'llm'],
    ['section', 'agent:writer/tool:search'],
    ['agent', 'writer'],
    ['run', 'nightly'],
    ['environment', 'staging'],
    ['user', 'u1'],
    ['tag:feature', 'chat'],
  ])('%s can be asked for, and filtered by', async (dimension, value) => {
    const members = {
      customer: 'acme',
      section: 'agent:writer/tool:search',
      run: 'nightly',
      environment: 'staging',
      user: 'u1',
      tags: { feature: 'chat' },
    };
    const workspace = await ledgerOf([call('2', members)]);
    const report = await costs(workspace, `${RANGE}&groupBy=${dimension}&filter[${dimension}]=${encodeURIComponent(value)}`);
    expect(report.groups).toMatchObject([{ key: { [dimension]: value }, costUsd: '2.000000000000', share: 1 }]);
  });

  test('a key is a dimension too, by its id', async () => {
    const workspace = await ledgerOf([call('2')]);
    const report = await costs(workspace, `${RANGE}&groupBy=key&filter[key]=${workspace.keyId}`);
    expect(report.groups).toMatchObject([{ key: { key: workspace.keyId } }]);
  });

  test('without groupBy there is one group with an empty key, also when nothing was called', async () => {
    const workspace = await newWorkspace(app());
    const report = await costs(workspace, RANGE);
    expect(report.groups).toEqual([{ key: {}, costUsd: '0.000000000000', calls: 0, share: 0 }]);
    expect((await costs(workspace, `${RANGE}&groupBy=model`)).groups).toEqual([]);
  });
});

describe('filters', () => {
  const events = [call('1', { customer: 'a' }), call('2', { customer: 'b' }), call('4'), call('8', { customer: 'c' })];

  test.each([
    ['several values mean any of them', 'filter[customer]=a&filter[customer]=b', '3.000000000000'],
    ['an empty value means unattributed', 'filter[customer]=', '4.000000000000'],
    ['both can be asked for at once', 'filter[customer]=&filter[customer]=c', '12.000000000000'],
    ['filters on two dimensions have to hold both', 'filter[customer]=a&filter[provider]=mistral', '0.000000000000'],
    ['SQL in a value is a value', "filter[customer]=' OR 1=1 --", '0.000000000000'],
  ])('%s', async (_sentence, filter, costUsd) => {
    const workspace = await ledgerOf(events);
    expect((await costs(workspace, `${RANGE}&${filter}`)).total.costUsd).toBe(costUsd);
  });
});

describe('what is known about the figures', () => {
  test('the proof counts what came in, and sections only there', async () => {
    const workspace = await ledgerOf([
      makeEvent({ startedAt: '2026-11-10T12:00:00.000Z', customer: 'acme' }),
      makeEvent({ startedAt: '2026-11-10T12:00:00.000Z', model: 'nobody-knows-this' }),
      makeEvent({ startedAt: '2026-11-10T12:00:00.000Z', usageQuality: 'estimated', customer: 'acme' }),
      { ...makeEvent({ startedAt: '2026-11-10T12:00:00.000Z' }), kind: 'section', model: undefined, usage: undefined },
    ]);
    const report = await costs(workspace, RANGE);
    expect(report.proof).toEqual({ received: 4, unpriced: 1, estimated: 1, unattributed: 1, lost: 0 });
    expect(report.total.calls).toBe(3);
  });

  test('what senders lost is told for the hours in which they told it', async () => {
    const workspace = await newWorkspace(app());
    const sdk = { name: 'llmobserve', version: '1.0.0', runtime: 'node', instance: 'i1' };
    const body = JSON.stringify({ sdk, seq: 1, lost: { queue_overflow: 7 }, events: [makeEvent({})] });
    await workspace.fetch('/v1/events', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect((await costs(workspace, '')).proof.lost).toBe(7);
    expect((await costs(workspace, RANGE)).proof.lost).toBe(0);
  });

  test('usage adds up by unit', async () => {
    const workspace = await ledgerOf([
      call('1', { usage: { input: 10, seconds: 0.5 } }),
      call('1', { usage: { input: 5, seconds: 0.25 } }),
    ]);
    expect((await costs(workspace, RANGE)).total.usage).toEqual({ input: 15, seconds: 0.75 });
  });

  test('usage of the plain and of the rare kind is exact, also where a name is one of the language', async () => {
    const workspace = await ledgerOf([
      call('1', { usage: { input: 0, cachedInput: 3, output: 4, reasoning: 5, cacheWrite5m: 6 } }),
      call('1', { usage: { output: 1, seconds: 0.1, readUnits: 7, 'my unit': 2, constructor: 1 }, customer: 'acme' }),
      call('1', { usage: { seconds: 0.2 }, customer: 'acme' }),
      call('1', { usage: undefined, customer: 'globex' }),
    ]);
    const common = { input: 0, cachedInput: 3, cacheWrite5m: 6, output: 5, reasoning: 5 };
    const rare = { seconds: 0.3, readUnits: 7, 'my unit': 2, constructor: 1 };
    expect((await costs(workspace, RANGE)).total.usage).toEqual({ ...common, ...rare });
    expect((await costs(workspace, `${RANGE}&filter[customer]=`)).total.usage).toEqual({ ...common, output: 4 });
    expect((await costs(workspace, `${RANGE}&filter[customer]=globex`)).total.usage).toEqual({});
  });
});

describe('protects', () => {
  test('another workspace sees nothing of it', async () => {
    await ledgerOf([call('1', { customer: 'acme' })]);
    const other = await newWorkspace(app());
    expect((await costs(other, `${RANGE}&groupBy=customer`)).total.calls).toBe(0);
  });
});

function sumOf(parts: readonly { readonly costUsd: string }[]): bigint {
  return parts.reduce((sum, { costUsd }) => sum + (parseUsd(costUsd) ?? 0n), 0n);
}
