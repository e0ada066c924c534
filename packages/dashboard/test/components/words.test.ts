import { parseUsd } from '@llmobserve/protocol';
import { expect, test } from 'vitest';

import { changeOf } from '../../src/components/change-text.ts';
import { countOf, countText, durationText, usageText } from '../../src/components/count-text.ts';
import { dayText, monthText, weekdayText } from '../../src/components/day-text.ts';
import { coverageText, portionText, shareOf, shareText } from '../../src/components/share-text.ts';

const usd = (text: string): bigint => parseUsd(text) ?? 0n;

test.each([
  ['a rise', '1204386.52', '1081136.00', { direction: 'up', text: '11.4%' }],
  ['a fall', '82514', '105382', { direction: 'down', text: '21.7%' }],
  ['no move', '31506.5', '31506.5', { direction: 'flat', text: '0.0%' }],
  ['less than a tenth of a per cent', '10000.1', '10000', { direction: 'flat', text: '0.0%' }],
  ['something out of nothing', '3', '0', { direction: 'flat', text: 'new' }],
  ['nothing out of nothing', '0', '0', { direction: 'flat', text: '0.0%' }],
  ['all of it gone', '0', '5', { direction: 'down', text: '100.0%' }],
  ['a manifold', '1234', '1', { direction: 'up', text: '123,300.0%' }],
] as const)('%s is told with its direction', (_, current, previous, expected) => {
  expect(changeOf(usd(current), usd(previous))).toEqual(expected);
});

test('without a period before there is no change', () => {
  expect(changeOf(5n, undefined)).toBeUndefined();
});

test('counts are grouped and have the right noun', () => {
  expect(countText(48_216_904)).toBe('48,216,904');
  expect(countOf(1, 'call')).toBe('1 call');
  expect(countOf(1836, 'customer')).toBe('1,836 customers');
});

test.each([
  [40, '40 ms'],
  [999, '999 ms'],
  [3420, '3.42 s'],
  [14_820, '14.8 s'],
  [75_000, '1 min 15 s'],
])('%i ms is written %s', (durationMs, expected) => {
  expect(durationText(durationMs)).toBe(expected);
});

test('usage is told by kind, in words, and unknown kinds by their name', () => {
  expect(usageText({ output: 212, cachedInput: 8200, input: 1200 })).toBe('1.2k in, 8.2k cached, 212 out');
  expect(usageText({ readUnits: 6 })).toBe('6 read units');
  expect(usageText({ requests: 1 })).toBe('1 request');
  expect(usageText({ seconds: 1.25 })).toBe('1.25 seconds');
  expect(usageText({ input: 2_300_000 })).toBe('2.3M in');
  expect(usageText({ input: 0 })).toBe('nothing');
  expect(usageText(undefined)).toBe('not known');
});

test('coverage says 100% only when nothing is missing', () => {
  expect(coverageText(10_000, 10_000)).toBe('100%');
  expect(coverageText(9_999_999, 10_000_000)).toBe('99.99%');
  expect(coverageText(986, 1000)).toBe('98.6%');
  expect(coverageText(1, 2)).toBe('50%');
  expect(coverageText(0, 3)).toBe('0%');
  expect(coverageText(0, 0)).toBe('100%');
});

test('a portion says 0% only when there is none', () => {
  expect(portionText(0, 5000)).toBe('0%');
  expect(portionText(1, 5_000_000)).toBe('0.1%');
  expect(portionText(40, 10_000)).toBe('0.4%');
  expect(portionText(3, 3)).toBe('100%');
  expect(portionText(1, 0)).toBe('0%');
});

test('shares have one decimal', () => {
  expect(shareText(0.4283)).toBe('42.8%');
});

test('days are written without the browser’s locale', () => {
  expect(dayText('2026-11-02')).toBe('2 Nov');
  expect(dayText('2026-11-02', true)).toBe('2 Nov 2026');
  expect(weekdayText('2026-11-12')).toBe('Thu 12 Nov');
  expect(monthText('2026-02-01')).toBe('Feb 2026');
});

test.each([
  [1n, 3n, '33.3%'],
  [3n, 3n, '100.0%'],
  [0n, 3n, '0.0%'],
  [0n, 0n, '0.0%'],
  [10n ** 24n, 10n ** 25n, '10.0%'],
])('%i of %i is a share of %s', (part, whole, expected) => {
  expect(shareText(shareOf(part, whole))).toBe(expected);
});
