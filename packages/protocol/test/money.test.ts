import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { divideHalfEven, formatUsd, parseUsd, PICO_PER_USD, toPicoUsd } from '../src/index.ts';

const anyPico = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });

describe('reads and writes dollars', () => {
  test.each([
    ['0', 0n],
    ['1', PICO_PER_USD],
    ['0.000000000001', 1n],
    ['1204386.52', 1_204_386_520_000_000_000n],
    ['-0.5', -500_000_000_000n],
    ['0.0000000000005', 0n],
    ['0.0000000000015', 2n],
    ['0.0000000000025', 2n],
    ['0.00000000000250000001', 3n],
  ])('%s is %d pico-dollars', (text, pico) => {
    expect(parseUsd(text)).toBe(pico);
  });

  test.each(['', ' 1', '1 ', '1e3', '1.', '.5', '+1', 'NaN', 'Infinity', '1,000', '0x1', '٣', '1'.repeat(65)])(
    '%j is no amount',
    (text) => {
      expect(parseUsd(text)).toBeUndefined();
    },
  );

  test('always twelve decimals', () => {
    expect(formatUsd(toPicoUsd(1_240_000_000n))).toBe('0.001240000000');
    expect(formatUsd(toPicoUsd(-1n))).toBe('-0.000000000001');
    expect(formatUsd(toPicoUsd(0n))).toBe('0.000000000000');
  });

  test('what was written reads back the same', () => {
    fc.assert(fc.property(anyPico, (pico) => parseUsd(formatUsd(pico)) === pico));
  });

  test('a sum is the same in any order', () => {
    fc.assert(
      fc.property(fc.array(anyPico), (amounts) => {
        const forward = amounts.reduce((sum, amount) => sum + amount, 0n);
        const backward = amounts.reduceRight((sum, amount) => sum + amount, 0n);
        return formatUsd(forward) === formatUsd(backward);
      }),
    );
  });
});

describe('divides half to even', () => {
  test.each([
    [5n, 10n, 0n],
    [15n, 10n, 2n],
    [25n, 10n, 2n],
    [26n, 10n, 3n],
    [-5n, 10n, 0n],
    [-15n, 10n, -2n],
    [15n, -10n, -2n],
    [-26n, -10n, 3n],
  ])('%d / %d = %d', (dividend, divisor, quotient) => {
    expect(divideHalfEven(dividend, divisor)).toBe(quotient);
  });

  test('never off by more than half, and symmetric about zero', () => {
    fc.assert(
      fc.property(anyPico, fc.bigInt({ min: 1n, max: 10n ** 15n }), (dividend, divisor) => {
        const quotient = divideHalfEven(dividend, divisor);
        const error = quotient * divisor - dividend;
        expect((error < 0n ? -error : error) * 2n <= divisor).toBe(true);
        expect(divideHalfEven(-dividend, divisor)).toBe(-quotient);
      }),
    );
  });
});
