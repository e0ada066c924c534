import type { CostReport } from '@llmobserve/protocol';
import { makeEvent } from '@llmobserve/testkit';
import { describe, expect, test } from 'vitest';
import { newWorkspace, type Workspace } from './new-workspace.ts';
import { useApp } from './start-app.ts';

const app = useApp();

function call(startedAt: string, reportedCostUsd = '1', customer = 'acme'): unknown {
  return makeEvent({ startedAt, reportedCostUsd, customer });
}

async function ledgerOf(events: readonly unknown[], timeZone = 'UTC'): Promise<Workspace> {
  const workspace = await newWorkspace(app(), { timeZone });
  expect((await workspace.send(...events)).status).toBe(200);
  return workspace;
}

describe('series', () => {
  test('days are those of the workspace, also when a clock goes back', async () => {
    const workspace = await ledgerOf(
      [
        call('2026-10-24T21:59:59.999Z', '1'),
        call('2026-10-24T22:00:00.000Z', '2'),
        call('2026-10-25T22:59:59.999Z', '4'),
        call('2026-10-25T23:00:00.000Z', '8'),
      ],
      'Europe/Berlin',
    );
    const report = await workspace.get<CostReport>('/v1/costs?from=2026-10-24&to=2026-10-27&interval=day');
    expect(report.timeZone).toBe('Europe/Berlin');
    expect(report.total.series).toEqual([
      { at: '2026-10-23T22:00:00.000Z', costUsd: '1.000000000000', calls: 1 },
      { at: '2026-10-24T22:00:00.000Z', costUsd: '6.000000000000', calls: 2 },
      { at: '2026-10-25T23:00:00.000Z', costUsd: '8.000000000000', calls: 1 },
    ]);
  });

  test('hours of the day a clock goes back are 25, and each is its own', async () => {
    const workspace = await ledgerOf([call('2026-10-25T00:30:00.000Z', '1'), call('2026-10-25T01:30:00.000Z', '2')], 'Europe/Berlin');
    const report = await workspace.get<CostReport>('/v1/costs?from=2026-10-25&to=2026-10-26&interval=hour');
    expect(report.total.series).toHaveLength(25);
    expect(report.total.series?.slice(2, 4).map(({ at, costUsd }) => [at, costUsd])).toEqual([
      ['2026-10-25T00:00:00.000Z', '1.000000000000'],
      ['2026-10-25T01:00:00.000Z', '2.000000000000'],
    ]);
  });

  test('weeks begin on Monday, months on the first', async () => {
    const workspace = await ledgerOf([call('2026-11-10T12:00:00.000Z')]);
    const weeks = await workspace.get<CostReport>('/v1/costs?from=2026-11-04&to=2026-11-16&interval=week');
    expect(weeks.total.series?.map(({ at, calls }) => [at.slice(0, 10), calls])).toEqual([
      ['2026-11-02', 0],
      ['2026-11-09', 1],
    ]);
    const months = await workspace.get<CostReport>('/v1/costs?from=2026-10-15&to=2026-12-01&interval=month');
    expect(months.total.series?.map(({ at, calls }) => [at.slice(0, 10), calls])).toEqual([
      ['2026-10-01', 0],
      ['2026-11-01', 1],
    ]);
  });

  test('the series of groups and of other add up to that of the total, day by day', async () => {
    const workspace = await ledgerOf([
      call('2026-11-10T01:00:00.000Z', '0.1', 'a'),
      call('2026-11-11T01:00:00.000Z', '0.2', 'a'),
      call('2026-11-11T02:00:00.000Z', '0.000000000001', 'b'),
      call('2026-11-12T02:00:00.000Z', '0.000000000002', 'c'),
    ]);
    const report = await workspace.get<CostReport>('/v1/costs?from=2026-11-10&to=2026-11-13&interval=day&groupBy=customer&limit=1');
    expect(report.groups[0]?.series?.map(({ costUsd }) => costUsd)).toEqual(['0.100000000000', '0.200000000000', '0.000000000000']);
    expect(report.other?.series?.map(({ costUsd }) => costUsd)).toEqual(['0.000000000000', '0.000000000001', '0.000000000002']);
    expect(report.total.series?.map(({ costUsd }) => costUsd)).toEqual(['0.100000000000', '0.200000000001', '0.000000000002']);
  });
});

describe('comparison', () => {
  test('with the same days right before, for the total and for each group', async () => {
    const workspace = await ledgerOf([
      call('2026-11-02T12:00:00.000Z', '1', 'a'),
      call('2026-11-03T12:00:00.000Z', '2', 'gone'),
      call('2026-11-05T12:00:00.000Z', '4', 'a'),
      call('2026-11-05T13:00:00.000Z', '8', 'new'),
    ]);
    const report = await workspace.get<CostReport>(
      '/v1/costs?from=2026-11-04&to=2026-11-07&interval=day&compare=previous&groupBy=customer',
    );
    expect(report.total).toMatchObject({ costUsd: '12.000000000000', previousCostUsd: '3.000000000000', calls: 2, previousCalls: 2 });
    expect(report.total.previousSeries?.map(({ at, calls }) => [at.slice(0, 10), calls])).toEqual([
      ['2026-11-01', 0],
      ['2026-11-02', 1],
      ['2026-11-03', 1],
    ]);
    expect(report.groups.map(({ key, previousCostUsd }) => [key['customer'], previousCostUsd])).toEqual([
      ['new', '0.000000000000'],
      ['a', '1.000000000000'],
    ]);
    expect(report.other).toBeUndefined();
  });

  test('a day of 25 hours is compared with the whole day before', async () => {
    const workspace = await ledgerOf([call('2026-10-23T22:00:00.000Z'), call('2026-10-23T21:59:59.999Z')], 'Europe/Berlin');
    const report = await workspace.get<CostReport>('/v1/costs?from=2026-10-25&to=2026-10-26&compare=previous');
    expect(report.total.previousCalls).toBe(1);
  });
});

describe('ranges', () => {
  test('from counts, to does not', async () => {
    const workspace = await ledgerOf([call('2026-11-10T12:00:00.000Z'), call('2026-11-10T13:00:00.000Z')]);
    const report = await workspace.get<CostReport>('/v1/costs?from=2026-11-10T13:00:00%2B01:00&to=2026-11-10T13:00:00Z');
    expect(report).toMatchObject({ from: '2026-11-10T12:00:00.000Z', to: '2026-11-10T13:00:00.000Z', total: { calls: 1 } });
  });

  test('without bounds the last 30 days are asked for', async () => {
    const workspace = await newWorkspace(app());
    const { from, to } = await workspace.get<CostReport>('/v1/costs');
    expect(Date.parse(to) - Date.parse(from)).toBe(30 * 86_400_000);
    expect(Math.abs(Date.parse(to) - Date.now())).toBeLessThan(60_000);
  });

  test('another time zone is taken for hours and for up to 8 days', async () => {
    const workspace = await newWorkspace(app());
    const short = await workspace.get<CostReport>('/v1/costs?from=2026-11-01&to=2026-11-09&timeZone=Asia/Kolkata&interval=day');
    expect(short).toMatchObject({ timeZone: 'Asia/Kolkata', from: '2026-10-31T18:30:00.000Z' });
    const hourly = await workspace.get<CostReport>('/v1/costs?from=2026-11-01&to=2026-11-12&timeZone=Asia/Kolkata&interval=hour');
    expect(hourly.total.series?.[0]?.at).toBe('2026-10-31T18:30:00.000Z');
    const long = await workspace.problem('/v1/costs?from=2026-11-01&to=2026-11-10&timeZone=Asia/Kolkata&interval=day');
    expect(long).toMatchObject({ status: 400, code: 'unsupported_time_zone' });
    await expect(workspace.get('/v1/costs?from=2026-01-01&to=2026-11-10&timeZone=UTC')).resolves.toBeDefined();
  });

  test.each([
    ['from', 'from=yesterday'],
    ['from', 'from=2026-11-31'],
    ['from', 'from=2026-11-10T12:00:00'],
    ['from', 'from=2026-11-10&to=2026-11-10'],
    ['to', 'to=2026-13-01'],
    ['timeZone', 'timeZone=Mars/Olympus'],
    ['timeZone', 'timeZone=%2B05:00'],
    ['groupBy', 'groupBy=customer,model,provider'],
    ['groupBy', 'groupBy=model,model'],
    ['groupBy', 'groupBy=password'],
    ['groupBy', 'groupBy=tag:'],
    ['interval', 'interval=minute'],
    ['interval', 'interval=hour&from=1990-01-01&to=2026-01-01&groupBy=model'],
    ['compare', 'compare=next'],
    ['limit', 'limit=0'],
    ['limit', 'limit=1001'],
    ['limit', 'limit=ten'],
    ['filter[colour]', 'filter[colour]=red'],
    ['filter[user]', 'filter[user]=%00'],
  ])('a %s that cannot be used is named: %s', async (parameter, query) => {
    const workspace = await newWorkspace(app());
    expect(await workspace.problem(`/v1/costs?${query}`)).toMatchObject({ status: 400, code: 'invalid_query', parameter });
  });
});
