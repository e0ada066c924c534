import { parseUsd, toPicoUsd } from '@llmobserve/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  axisLabels,
  columnDecimals,
  exactMoney,
  figureDecimals,
  legendDecimals,
  moneyText,
  splitMoney,
} from '../../src/components/money-text.ts';
import { readUsd } from '../../src/components/read-usd.ts';

const usd = (text: string): bigint => parseUsd(text) ?? 0n;

/** Quiet digits in brackets, so that a row shows both inks. */
const inked = (text: string, decimals: number): string =>
  splitMoney(usd(text), decimals)
    .map((part) => (part.isQuiet ? `(${part.text})` : part.text))
    .join('');

test.each([
  ['1204386.52', 2, '$1,204,386(.52)'],
  ['96318.44', 2, '$96,318(.44)'],
  ['18.2', 2, '$18(.20)'],
  ['0.0384112', 8, '($0.0)3841120'],
  ['0.000096', 8, '($0.0000)9600'],
  ['0.00000016', 8, '($0.000000)16'],
  ['0.1412', 4, '($0.)1412'],
  ['-13940.02', 2, '−$13,940(.02)'],
  ['-0.05', 4, '(−$0.0)500'],
  ['0', 8, '$0(.00000000)'],
  ['0', 0, '$0'],
  ['412906.4', 0, '$412,906'],
  ['1.8402', 4, '$1(.8402)'],
])('%s with %i decimals is inked as %s', (text, decimals, expected) => {
  expect(inked(text, decimals)).toBe(expected);
});

test('rounding is half to even and never leaves a minus before zero', () => {
  expect(moneyText(usd('0.125'), 2)).toBe('$0.12');
  expect(moneyText(usd('0.135'), 2)).toBe('$0.14');
  expect(moneyText(usd('-0.001'), 2)).toBe('$0.00');
  expect(moneyText(usd('999.996'), 2)).toBe('$1,000.00');
});

test('the two inks together are the whole figure', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.constantFrom(0, 2, 4, 6, 8, 10, 12), (pico, decimals) => {
      const text = moneyText(pico, decimals).replace('−', '-').replace(/[$,]/g, '');
      const step = 10n ** BigInt(12 - decimals);
      const distance = (parseUsd(text) ?? 0n) - pico;
      expect(distance < 0n ? -distance * 2n : distance * 2n).toBeLessThanOrEqual(step);
      expect(text).toMatch(decimals === 0 ? /^-?\d+$/ : /^-?\d+\.\d+$/);
    }),
  );
});

test('twelve decimals are the figure itself', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), (pico) => {
      expect(parseUsd(exactMoney(pico).replace('−', '-').replace(/[$,]/g, ''))).toBe(pico);
    }),
  );
});

test.each([
  ['sums from a dollar take two', ['184207.11', '31506.50'], 2, 2],
  ['a sum below a dollar takes four', ['184207.11', '0.42'], 2, 4],
  ['the smallest decides', ['5', '0.0034'], 2, 4],
  ['two of its digits are always seen', ['5', '0.00034'], 2, 6],
  ['a cost per call takes four at least', ['2.5', '0.0255'], 4, 4],
  ['a single call takes eight at least', ['0.0384112', '0.0000096'], 8, 8],
  ['sixteen hundred-millionths still fit eight', ['0.00000016'], 8, 8],
  ['a smaller one takes more', ['0.000000016'], 8, 10],
  ['a figure of one pico-dollar takes all twelve', ['0.000000000001'], 2, 12],
  ['free calls do not count', ['0', '12.5'], 2, 2],
  ['nothing takes the least', [], 4, 4],
  ['a loss counts by its size', ['-13940.02'], 2, 2],
] as const)('%s', (_, figures, least, expected) => {
  expect(columnDecimals(figures.map(usd), least)).toBe(expected);
});

test('a legend drops the cents once every figure is large', () => {
  expect(legendDecimals([usd('412906'), usd('88293')])).toBe(0);
  expect(legendDecimals([usd('412906'), usd('12.5')])).toBe(2);
  expect(legendDecimals([])).toBe(2);
});

test('the figure of a page has cents from a dollar, and all digits of a call below', () => {
  expect([usd('96318.44'), usd('-2'), usd('0.00512'), 0n].map(figureDecimals)).toEqual([2, 2, 8, 8]);
});

test.each([
  ['0 0.25 0.5 0.75', '$0 $0.25 $0.50 $0.75'],
  ['0 0.15 0.3 0.45 0.6', '$0 $0.15 $0.30 $0.45 $0.60'],
  ['0 0.005 0.01 0.015', '$0 $0.005 $0.010 $0.015'],
  ['0 0.00000015', '$0 $0.00000015'],
  ['0 1.5 3', '$0 $1.50 $3.00'],
  ['0 250 500', '$0 $250 $500'],
  ['0 250 500 750 1000', '$0 $250 $500 $750 $1,000'],
  ['0 600 1200', '$0 $0.6k $1.2k'],
  ['0 1500 3000 4500', '$0 $1.5k $3.0k $4.5k'],
  ['0 15000 30000', '$0 $15k $30k'],
  ['0 250000 500000 750000 1000000', '$0 $250k $500k $750k $1,000k'],
  ['0 1300000 2600000', '$0 $1.3M $2.6M'],
  ['0 4000000000', '$0 $4B'],
  ['0', '$0'],
])('the lines of an axis at %s are written %s', (ticks, expected) => {
  expect(axisLabels(ticks.split(' ').map(usd))).toEqual(expected.split(' '));
});

test('an amount that is none counts as nothing', () => {
  expect(readUsd('0.001240000000')).toBe(toPicoUsd(1_240_000_000n));
  expect(readUsd('1e3')).toBe(0n);
});
