import { readFileSync } from 'node:fs';
import { parseCostEvent } from '@llmobserve/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { servedTier } from '../src/read-call-facts.ts';
import { hashText } from '../src/hash-text.ts';
import { loadPriceBook, openPriceBook, priceEvent, type PriceBook, type PriceList } from '../src/index.ts';
import { isInHours } from '../src/is-in-hours.ts';
import { readDecimal, writeDecimal } from '../src/read-decimal.ts';
import { makeCall } from './make-call.ts';

describe('decimals', () => {
  test('a number is read as it is written, and written as it was read', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e21, noNaN: true }), (value) => {
        const { digits, divisor } = readDecimal(value);
        expect(Number(`${digits}e-${divisor.toString().length - 1}`)).toBe(value);
        expect(Number(writeDecimal(value))).toBe(value);
        expect(writeDecimal(value)).toMatch(/^\d+(\.\d+)?$/);
      }),
    );
  });

  test.each([
    [0.25, 25n, 100n],
    [1e-7, 1n, 10_000_000n],
    [1.5e-7, 15n, 100_000_000n],
    [1e21, 10n ** 21n, 1n],
    [0, 0n, 1n],
  ])('%d is %d / %d', (value, digits, divisor) => {
    expect(readDecimal(value)).toEqual({ digits, divisor });
  });

  test.each([NaN, Infinity])('%d is no quantity', (value) => {
    expect(() => readDecimal(value)).toThrow(RangeError);
  });
});

describe('a daily window', () => {
  const night = { from: '22:00', to: '02:00', weekdays: [5], exceptDates: ['2026-11-27'] };

  test.each([
    ['has not opened yet', '2026-11-20T21:59:59.999Z', false],
    ['opens on its weekday', '2026-11-20T22:00:00.000Z', true],
    ['runs over midnight into the next day', '2026-11-21T01:59:59.999Z', true],
    ['closes', '2026-11-21T02:00:00.000Z', false],
    ['does not open on another weekday', '2026-11-21T23:00:00.000Z', false],
    ['does not open after midnight of its own weekday', '2026-11-20T01:00:00.000Z', false],
    ['stays shut on a date without', '2026-11-27T23:00:00.000Z', false],
    ['stays shut after midnight of a date without', '2026-11-28T01:00:00.000Z', false],
  ])('%s', (_what, startedAt, isOpen) => {
    expect(isInHours(night, startedAt)).toBe(isOpen);
  });

  test('knows the weekdays of leap years and of Sundays', () => {
    expect(isInHours({ from: '00:00', to: '23:59', weekdays: [4] }, '2024-02-29T12:00:00.000Z')).toBe(true);
    expect(isInHours({ from: '00:00', to: '23:59', weekdays: [7] }, '2026-11-22T12:00:00.000Z')).toBe(true);
  });
});

test.each(['constructor', '__proto__', 'ToString', 'scale'])('a tier named %s is that tier, in lower case', (serviceTier) => {
  expect(servedTier(makeCall({ serviceTier }))).toBe(serviceTier.toLowerCase());
});

describe('which price is taken', () => {
  const open = (...prices: readonly Omit<PriceList, 'source'>[]): PriceBook =>
    openPriceBook({
      version: 'v',
      publishedAt: '2026-11-20',
      sources: { s: { name: 's', url: 'https://example.com', checked: '2026-11-20' } },
      providers: [{ provider: 'openai', models: [{ id: 'gpt-4o', prices: prices.map((list) => ({ ...list, source: 's' })) }] }],
    });
  const picoFor = (book: PriceBook, input: number, serviceTier = 'default'): bigint =>
    priceEvent(book, makeCall({ usage: { input }, usageQuality: 'reported', serviceTier })).costPicoUsd / BigInt(input);

  test('the one that began last, whatever their order', () => {
    const [old, recent] = [
      { usd: { input: '1' }, from: '2025-01-01T00:00:00.000Z' },
      { usd: { input: '2' }, from: '2026-01-01T00:00:00.000Z' },
    ];
    expect([picoFor(open(old, recent), 1), picoFor(open(recent, old), 1)]).toEqual([2_000_000n, 2_000_000n]);
  });

  test('the one for the highest step that was passed', () => {
    const book = open(
      { usd: { input: '1' } },
      { usd: { input: '2' }, when: { inputAbove: 100 } },
      { usd: { input: '3' }, when: { inputAbove: 200 } },
    );
    expect([100, 101, 200, 201].map((input) => picoFor(book, input))).toEqual([1_000_000n, 2_000_000n, 2_000_000n, 3_000_000n]);
  });

  test('the one that asks more, even when a simpler one is newer', () => {
    const book = open({ usd: { input: '5' }, from: '2026-01-01T00:00:00.000Z' }, { usd: { input: '1' }, when: { inputAbove: 10 } });
    expect(picoFor(book, 11)).toBe(1_000_000n);
  });

  test('none for a tier that has none', () => {
    expect(picoFor(open({ usd: { input: '1' } }), 1, 'batch')).toBe(0n);
    expect(picoFor(open({ usd: { input: '1' }, when: { serviceTier: 'any' } }), 1, 'batch')).toBe(1_000_000n);
  });

  test('a price that does not say how many it is for is refused', () => {
    expect(() => picoFor(open({ usd: { gpuMinutes: '1' } }), 1)).toThrow('does not say how many');
  });
});

test('names are many and memory is not: unknown models keep being unpriced', () => {
  const book = loadPriceBook();
  for (let count = 0; count < 25_000; count += 1) {
    const { quality } = priceEvent(book, makeCall({ model: `nobody-${count}`, usage: { input: 1 }, usageQuality: 'reported' }));
    if (quality !== 'unpriced') throw new Error(`nobody-${count} was priced`);
  }
  expect(priceEvent(book, makeCall({ usage: { input: 1 }, usageQuality: 'reported' })).quality).toBe('exact');
});

test('a text has the 128-bit FNV-1a hash that others compute', () => {
  expect(hashText('')).toBe('6c62272e07bb014262b821756295c58d');
  expect(hashText('a')).toBe('d228cb696f1a8caf78912b704e4a8964');
  expect(hashText('foobar')).toBe('343e1662793c64bf6f0d3597ba446f18');
});

test('every golden event of the protocol can be priced', () => {
  const fixtures = readFileSync(new URL('../../protocol/fixtures/v1/accepted-events.json', import.meta.url), 'utf8');
  const golden: readonly { readonly name: string; readonly sent: unknown }[] = JSON.parse(fixtures);
  for (const { name, sent } of golden) {
    const parsed = parseCostEvent(sent, Date.UTC(2026, 10, 20, 12));
    if ('problems' in parsed) throw new Error(`${name}: ${parsed.problems.map(({ detail }) => detail).join(', ')}`);
    expect(priceEvent(loadPriceBook(), parsed.event).costPicoUsd >= 0n, name).toBe(true);
  }
});
