import { parseUsd, PICO_PER_USD } from '@llmobserve/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { axisTicks } from '../../src/charts/axis-ticks.ts';
import { isLabelled, labelStep } from '../../src/charts/label-step.ts';
import { axisWidth, plotOf, slotAt, slotOf } from '../../src/charts/plot.ts';
import { assignColours, colourToken } from '../../src/charts/series-colours.ts';
import { sparkPath, trendWord } from '../../src/charts/spark-path.ts';
import { axisLabels } from '../../src/components/money-text.ts';

const usd = (text: string): bigint => parseUsd(text) ?? 0n;

test.each([
  ['53781', ['$0', '$15k', '$30k', '$45k', '$60k']],
  ['5545', ['$0', '$1.5k', '$3.0k', '$4.5k', '$6.0k']],
  ['0.0123', ['$0', '$0.005', '$0.010', '$0.015']],
  ['100', ['$0', '$25', '$50', '$75', '$100']],
])('an axis for %s has the lines %j', (highest, expected) => {
  expect(axisLabels(axisTicks(usd(highest)).ticks)).toEqual(expected);
});

test('a narrow chart has three lines', () => {
  expect(axisLabels(axisTicks(usd('53781'), [3]).ticks)).toEqual(['$0', '$20k', '$40k', '$60k']);
});

test('an axis always reaches above the highest bar, evenly, with little air', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 22n }), (highest) => {
      const axis = axisTicks(highest);
      expect(axis.top).toBeGreaterThanOrEqual(highest);
      expect(axis.top).toBeLessThanOrEqual(highest * 2n + 40n);
      expect(axis.ticks[0]).toBe(0n);
      expect(axis.ticks.at(-1)).toBe(axis.top);
      expect([4, 5]).toContain(axis.ticks.length);
    }),
  );
});

test('labels are written as often as they fit, counted back from the newest bar', () => {
  expect(labelStep(30, 27.3, 62)).toBe(3);
  expect(labelStep(30, 10.8, 62)).toBe(7);
  expect(labelStep(5, 400, 62)).toBe(1);
  expect(labelStep(500, 0.2, 62)).toBe(500);
  expect([0, 1, 2, 3].map((index) => isLabelled(index, 4, 3))).toEqual([true, false, false, true]);
});

test('a bar and a point are found again where they are drawn', () => {
  for (const kind of ['bars', 'points'] as const) {
    const plot = plotOf({ widthPx: 860, heightPx: 265, slots: 30, kind, axisPx: 40 });
    for (const index of [0, 7, 29]) {
      const { x, width } = slotOf(plot, index);
      expect(slotAt(plot, x + width / 2)).toBe(index);
    }
    expect(slotAt(plot, -50)).toBe(0);
    expect(slotAt(plot, 5000)).toBe(29);
  }
});

test('the axis is as wide as its widest label', () => {
  expect(axisWidth(['$0', '$15k'])).toBeLessThan(axisWidth(['$0', '$0.00000015']));
});

test('colours are given dearest first', () => {
  expect([...assignColours(new Map(), ['a', 'b', 'c'])]).toEqual([
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ]);
  expect(colourToken(3)).toBe('var(--c3)');
  expect(colourToken('other')).toBe('var(--c-other)');
});

test('a name keeps its colour when the order changes', () => {
  const first = assignColours(new Map(), ['a', 'b', 'c']);
  const second = assignColours(first, ['c', 'd', 'a']);
  expect([second.get('c'), second.get('a'), second.get('d')]).toEqual([3, 1, 2]);
});

test('names on screen together never share a colour of the palette', () => {
  const names = fc.uniqueArray(fc.constantFrom(...'abcdefghijklmnop'.split('')), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(fc.array(names, { minLength: 1, maxLength: 6 }), (screens) => {
      let colours: ReturnType<typeof assignColours> = new Map();
      for (const shown of screens) {
        colours = assignColours(colours, shown);
        expect(new Set(shown.map((name) => colours.get(name))).size).toBe(shown.length);
      }
    }),
  );
});

test('a sparkline ends in a dot on its last value, on its own scale', () => {
  const path = sparkPath([0n, 5n * PICO_PER_USD, 10n * PICO_PER_USD]);
  expect(path.line).toBe('M1 19L36.5 11L72 3');
  expect(path.end).toEqual({ x: 72, y: 3 });
  expect(sparkPath([0n, 0n]).line).toBe('M1 19L72 19');
  expect(sparkPath([]).end).toEqual({ x: 1, y: 19 });
});

test('what a sparkline does is told in a word', () => {
  expect(trendWord([1n, 1n, 5n, 5n])).toBe('rising');
  expect(trendWord([5n, 5n, 1n, 1n])).toBe('falling');
  expect(trendWord([5n, 5n, 5n])).toBe('flat');
});
