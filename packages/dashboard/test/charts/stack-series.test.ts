import { parseUsd } from '@llmobserve/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { pickSeries } from '../../src/charts/pick-series.ts';
import { csvCell, stackCsv } from '../../src/charts/stack-csv.ts';
import { stackSeries } from '../../src/charts/stack-series.ts';
import type { Stack } from '../../src/charts/stack.ts';
import { BUCKETS, previousDay, reportOf, sum } from '../cost-report.ts';
import type { GroupInput } from '../cost-report.ts';

const PREVIOUS_BUCKETS = BUCKETS.map((bucket) => ({ ...bucket, key: previousDay(bucket.key), label: previousDay(bucket.key).slice(8) }));

function stackOf(groups: readonly GroupInput[], rest: readonly GroupInput[] = []): Stack {
  return stackSeries({
    report: reportOf('model', groups, rest),
    dimension: 'model',
    buckets: BUCKETS,
    previousBuckets: PREVIOUS_BUCKETS,
    keyOf: (at) => at.slice(0, 10),
    nameOf: (value) => value ?? 'no model',
    colourOf: () => 1,
  });
}

test('series stand dearest first, with their name, change and cost per bar', () => {
  const stack = stackOf([
    { name: 'gpt', costs: [10n, 20n, 30n], previous: 40n },
    { name: null, costs: [5n, 0n, 0n] },
  ]);
  expect(stack.series.map((series) => [series.name, series.value, series.total, series.previousTotal])).toEqual([
    ['gpt', 'gpt', 60n, 40n],
    ['no model', '', 5n, 0n],
  ]);
  expect(stack.series[0]?.costs).toEqual([10n, 20n, 30n]);
  expect(stack.totals).toEqual([15n, 20n, 30n]);
  expect(stack.previous).toEqual([0n, 1n, 2n]);
  expect(stack.previousTitles).toEqual(['15', '16', '17']);
});

test('a period before that cost nothing is not drawn, and nothing is called new against it', () => {
  const stack = stackOf([{ name: 'gpt', costs: [10n, 20n, 30n] }], [{ name: 'o3', costs: [1n, 0n, 0n] }]);
  expect(stack.previous).toBeUndefined();
  expect(stack.series.map((series) => series.previousTotal)).toEqual([undefined, undefined]);
});

test('what is below three per cent joins the rest, which counts its members', () => {
  const stack = stackOf(
    [
      { name: 'a', costs: [90n, 0n, 0n] },
      { name: 'b', costs: [8n, 0n, 0n] },
      { name: 'c', costs: [2n, 0n, 0n] },
    ],
    [{ name: 'd', costs: [0n, 0n, 0n] }],
  );
  expect(stack.series.map((series) => series.name)).toEqual(['a', 'b', '2 others']);
  expect(stack.series.at(-1)).toMatchObject({ value: undefined, colour: 'other', total: 2n });
});

test('never more than eight are shown', () => {
  const stack = stackOf(Array.from({ length: 10 }, (_, index) => ({ name: `m${index}`, costs: [10n, 10n, 10n] })));
  expect(stack.series).toHaveLength(9);
  expect(stack.series.at(-1)?.name).toBe('2 others');
});

test('one more is called one other', () => {
  const stack = stackOf([{ name: 'a', costs: [99n, 0n, 0n] }], [{ name: 'b', costs: [1n, 0n, 0n] }]);
  expect(stack.series.at(-1)?.name).toBe('1 other');
});

test('eight and the rest add up to the total, per bar and as a whole, to the last digit', () => {
  const anyGroup = fc.record({
    name: fc.constant('x'),
    costs: fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }), { minLength: 3, maxLength: 3 }),
    previous: fc.bigInt({ min: 0n, max: 10n ** 15n }),
  });
  fc.assert(
    fc.property(fc.array(anyGroup, { maxLength: 14 }), fc.array(anyGroup, { maxLength: 5 }), (groups, rest) => {
      const named = groups.map((group, index) => ({ ...group, name: `g${index}` }));
      const report = reportOf('model', named, rest);
      const stack = stackOf(named, rest);
      expect(sum(stack.series.map((series) => series.total))).toBe(parseUsd(report.total.costUsd));
      expect(sum(stack.series.map((series) => series.previousTotal ?? 0n))).toBe(
        stack.series.length === 0 ? 0n : parseUsd(report.total.previousCostUsd ?? ''),
      );
      for (const [index, total] of stack.totals.entries()) expect(sum(stack.series.map((series) => series.costs[index] ?? 0n))).toBe(total);
    }),
  );
});

test('a press on a bar finds the series under it, and none above it', () => {
  const stack = stackOf([
    { name: 'a', costs: [60n, 0n, 0n] },
    { name: 'b', costs: [40n, 0n, 0n] },
  ]);
  expect(pickSeries(stack, 0, 10)).toBe('a');
  expect(pickSeries(stack, 0, 75)).toBe('b');
  expect(pickSeries(stack, 0, 101)).toBeUndefined();
});

test('the file has every digit, and names cannot run as formulas', () => {
  const stack = stackOf([{ name: '=HYPERLINK("x")', costs: [1n, 0n, 2_000_000_000_000n] }]);
  expect(stackCsv(stack).split('\r\n')).toEqual([
    `start,total_usd,"'=HYPERLINK(""x"")"`,
    '2026-11-18,0.000000000001,0.000000000001',
    '2026-11-19,0.000000000000,0.000000000000',
    '2026-11-20,2.000000000000,2.000000000000',
  ]);
});

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['two\nlines', '"two\nlines"'],
  ['-5.25', '-5.25'],
  ['-x', "'-x"],
  ['@sum', "'@sum"],
  ['+1', "'+1"],
])('the cell %j is written %j', (text, expected) => {
  expect(csvCell(text)).toBe(expected);
});
