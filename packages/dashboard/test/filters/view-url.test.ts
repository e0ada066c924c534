import fc from 'fast-check';
import { expect, test } from 'vitest';

import { dimensionText, valueText } from '../../src/filters/dimension-text.ts';
import { carriedView, parseSearch, readView, stringifySearch, writeView } from '../../src/filters/view-url.ts';
import {
  countFilters,
  DEFAULT_VIEW,
  DIVISIONS,
  FILTER_DIMENSIONS,
  RANGE_PRESETS,
  toggleFilter,
  withFilter,
} from '../../src/filters/view.ts';
import type { View } from '../../src/filters/view.ts';
import { addDays } from '../../src/filters/zoned-day.ts';

const anyRange = fc.oneof(
  fc.constantFrom(...RANGE_PRESETS).map((preset) => ({ preset })),
  fc
    .tuple(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 400 }))
    .map(([start, length]) => ({ firstDay: addDays('2020-01-01', start), lastDay: addDays('2020-01-01', start + length) })),
);
const anyText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => text.isWellFormed());
const anyFilters = fc
  .dictionary(fc.constantFrom(...FILTER_DIMENSIONS), fc.uniqueArray(fc.oneof(anyText, fc.constant('')), { minLength: 1, maxLength: 4 }))
  .map((filters) => ({ ...filters }));
const anyView: fc.Arbitrary<View> = fc.record({
  range: anyRange,
  filters: anyFilters,
  isCompared: fc.boolean(),
  division: fc.option(fc.constantFrom(...DIVISIONS), { nil: undefined }),
  isTable: fc.boolean(),
  search: fc.oneof(anyText, fc.constant('')),
  sort: fc.option(fc.constantFrom('-costUsd', 'name'), { nil: undefined }),
});

const throughUrl = (view: View): View => readView(parseSearch(stringifySearch(writeView(view))));

test('a view survives the URL, whatever its values are called', () => {
  fc.assert(
    fc.property(anyView, (view) => {
      expect(throughUrl(view)).toEqual(view);
    }),
  );
});

test('the usual view needs no query at all', () => {
  expect(stringifySearch(writeView(DEFAULT_VIEW))).toBe('');
  expect(readView(parseSearch(''))).toEqual(DEFAULT_VIEW);
});

test('a query is short and can be read', () => {
  const view: View = {
    ...DEFAULT_VIEW,
    range: { preset: '7d' },
    filters: { customer: ['acme', ''], model: ['gpt-4o'] },
    division: 'section',
  };
  expect(stringifySearch(writeView(view))).toBe('?range=7d&customer=acme&customer=&model=gpt-4o&by=section');
});

test.each([
  ['an unknown range', '?range=1y', DEFAULT_VIEW],
  ['a day that does not exist', '?from=2026-02-30&to=2026-03-01', DEFAULT_VIEW],
  ['half a range', '?from=2026-02-01', DEFAULT_VIEW],
  ['an unknown division', '?by=mood', DEFAULT_VIEW],
  ['names nobody knows', '?__proto__=1&constructor=2&x=3', DEFAULT_VIEW],
])('%s becomes the default', (_, query, expected) => {
  expect(readView(parseSearch(query))).toEqual(expected);
});

test('days the wrong way round are turned', () => {
  expect(readView(parseSearch('?from=2026-11-20&to=2026-11-01')).range).toEqual({ firstDay: '2026-11-01', lastDay: '2026-11-20' });
});

test('a flood of filter values and endless texts are cut', () => {
  const many = Array.from({ length: 100 }, (_, index) => `model=m${index}`).join('&');
  expect(readView(parseSearch(`?${many}`)).filters.model).toHaveLength(20);
  expect(readView(parseSearch(`?model=${'x'.repeat(5000)}`)).filters).toEqual({});
  expect(readView(parseSearch('?model=a&model=a')).filters).toEqual({ model: ['a'] });
});

test('when and what for go along to another page, how it is drawn does not', () => {
  const view: View = {
    ...DEFAULT_VIEW,
    range: { preset: '90d' },
    filters: { model: ['a'] },
    isTable: true,
    search: 'x',
    division: 'agent',
  };
  expect(carriedView(view)).toEqual({ ...DEFAULT_VIEW, range: { preset: '90d' }, filters: { model: ['a'] } });
});

test('a press on a chosen value lets go of it', () => {
  const once = toggleFilter({}, 'model', 'a');
  expect(once).toEqual({ model: ['a'] });
  expect(toggleFilter(once, 'model', 'b')).toEqual({ model: ['a', 'b'] });
  expect(toggleFilter(once, 'model', 'a')).toEqual({});
  expect(countFilters({ model: ['a', 'b'], customer: [''] })).toBe(3);
  expect(withFilter({ model: ['a'] }, 'model', [])).toEqual({});
});

test('values that are absent are said in words', () => {
  expect(valueText('customer', null)).toBe('Unattributed');
  expect(valueText('section', '')).toBe('no section');
  expect(valueText('model', 'gpt-4o')).toBe('gpt-4o');
  expect(dimensionText('environment')).toBe('Environment');
});
