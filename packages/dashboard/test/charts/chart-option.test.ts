import { toPicoUsd } from '@llmobserve/protocol';
import { expect, test } from 'vitest';

import { axisTicks } from '../../src/charts/axis-ticks.ts';
import { lineOption, stackedOption } from '../../src/charts/chart-option.ts';
import { plotOf } from '../../src/charts/plot.ts';
import type { Stack } from '../../src/charts/stack.ts';
import { BUCKETS } from '../cost-report.ts';

const dollars = (...amounts: readonly number[]) => amounts.map((amount) => toPicoUsd(BigInt(amount) * 1_000_000_000_000n));

const STACK: Stack = {
  buckets: BUCKETS,
  series: [
    { value: 'a', name: 'a', colour: 1, total: toPicoUsd(6n), previousTotal: undefined, costs: dollars(1, 2, 3) },
    { value: undefined, name: '2 others', colour: 'other', total: toPicoUsd(3n), previousTotal: undefined, costs: dollars(1, 1, 1) },
  ],
  totals: dollars(2, 3, 4),
  previous: dollars(5, 5, 5),
  previousTitles: ['15', '16', '17'],
};

const face = (kind: 'bars' | 'points') => ({
  plot: plotOf({ widthPx: 400, heightPx: 200, slots: 3, kind, axisPx: 40 }),
  axis: axisTicks(5_000_000_000_000n),
  buckets: BUCKETS,
  currentWord: 'Today',
});

const listOf = <Value>(value: Value | readonly Value[] | undefined): readonly Value[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as Value];

test('bars are stacked in order over the silhouette of the period before', () => {
  const option = stackedOption(STACK, face('bars'));
  expect(listOf(option.series).map((series) => series.type)).toEqual(['custom', 'bar', 'bar']);
  expect(listOf(option.series)[1]).toMatchObject({ itemStyle: { color: 'var(--c1)' }, data: [{ value: 1 }, { value: 2 }, { value: 3 }] });
});

test('the running bucket is half as strong and has a word of its own', () => {
  const option = stackedOption(STACK, face('bars'));
  expect(listOf(option.series)[1]).toMatchObject({ data: [{}, {}, { itemStyle: { opacity: 0.5 } }] });
  expect(option.xAxis).toMatchObject({ data: ['18', '19', 'Today'] });
});

test('a bar of nothing is not drawn', () => {
  const nothing = { ...STACK, previous: undefined, series: STACK.series.map((one) => ({ ...one, costs: dollars(0, 1, 0) })) };
  const series = listOf(stackedOption(nothing, face('bars')).series);
  expect(series.map((one) => one.type)).toEqual(['bar', 'bar']);
  expect(series[0]).toMatchObject({ data: [{ value: '-' }, { value: 1 }, { value: '-' }] });
});

test('without a period before there is no silhouette and no dashed line', () => {
  const alone = { ...STACK, previous: undefined };
  expect(listOf(stackedOption(alone, face('bars')).series).map((series) => series.type)).toEqual(['bar', 'bar']);
  expect(listOf(lineOption(alone, face('points')).series)).toHaveLength(2);
});

test('a line is settled up to yesterday and dotted into today', () => {
  const [previous, settled, today] = listOf(lineOption(STACK, face('points')).series);
  expect(previous).toMatchObject({ data: [5, 5, 5] });
  expect(settled).toMatchObject({ data: [2, 3, '-'] });
  expect(today).toMatchObject({ data: ['-', 3, 4] });
});

test('the axis ends at its highest line', () => {
  expect(stackedOption(STACK, face('bars')).yAxis).toMatchObject({ min: 0, max: 6, interval: 1.5 });
});
