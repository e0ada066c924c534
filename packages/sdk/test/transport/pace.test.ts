import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchLimit, suspectsAfter } from '../../src/transport/batch-limit.ts';
import { dueInMs } from '../../src/transport/due-in-ms.ts';
import { retryDelayMs } from '../../src/transport/retry-delay.ts';

describe('the wait after a failed try', () => {
  test.each([
    [1, 0, 1000],
    [1, 1, 1500],
    [2, 1, 2000],
    [3, 1, 3000],
    [4, 1, 5000],
    [1000, 1, 5000],
    [1000, 0, 1000],
  ])('after %i failures and a throw of %d it is %i ms', (failuresInARow, random, expectedMs) => {
    expect(retryDelayMs({ failuresInARow, retryAfterMs: undefined }, random)).toBe(expectedMs);
  });

  test('it is never shorter than a second, never shorter than asked, and without a request never longer than five', () => {
    const setback = fc.record({ failuresInARow: fc.integer({ min: 1 }), retryAfterMs: fc.option(fc.nat(100_000), { nil: undefined }) });
    fc.assert(
      fc.property(setback, fc.double({ min: 0, max: 1, noNaN: true }), (given, random) => {
        const delayMs = retryDelayMs(given, random);
        expect(delayMs).toBeGreaterThanOrEqual(Math.max(1000, given.retryAfterMs ?? 0));
        expect(delayMs).toBeLessThanOrEqual(Math.max(1000, given.retryAfterMs ?? 0) + 4000);
      }),
    );
  });
});

describe('halving', () => {
  test.each([
    [500, 0, 500],
    [500, 500, 250],
    [500, 3, 2],
    [500, 2, 1],
    [500, 1, 1],
  ])('of at most %i events with %i suspects, %i go next', (maxEvents, suspects, expected) => {
    expect(batchLimit(maxEvents, suspects)).toBe(expected);
  });

  test('however many poisoned events lie wherever, each is found alone and every other arrives', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(499), { maxLength: 8 }), (poisoned) => {
        const { arrived, refused, tries } = sendAll(500, new Set(poisoned));
        expect(arrived).toBe(500 - poisoned.length);
        expect(refused.toSorted((a, b) => a - b)).toEqual(poisoned.toSorted((a, b) => a - b));
        expect(tries).toBeLessThanOrEqual(1 + poisoned.length * 20);
      }),
    );
  });
});

function sendAll(count: number, poisoned: ReadonlySet<number>): { arrived: number; refused: number[]; tries: number } {
  let queue = Array.from({ length: count }, (_, index) => index);
  let suspects = 0;
  let arrived = 0;
  let tries = 0;
  const refused: number[] = [];
  while (queue.length > 0) {
    const batch = queue.slice(0, batchLimit(500, suspects));
    const verdict = batch.some((index) => poisoned.has(index)) ? 'split' : 'settled';
    tries += 1;
    suspects = suspectsAfter(suspects, batch.length, verdict);
    if (verdict === 'split' && batch.length > 1) continue;
    queue = queue.slice(batch.length);
    if (verdict === 'settled') arrived += batch.length;
    else refused.push(...batch);
  }
  return { arrived, refused, tries };
}

describe('a batch leaves', () => {
  test.each([
    ['at once when somebody waits', { count: 1, oldestAgeMs: 0, isUrgent: true }, 0],
    ['at once when it is full', { count: 500, oldestAgeMs: 0, isUrgent: false }, 0],
    ['when its oldest event has waited long enough', { count: 1, oldestAgeMs: 500, isUrgent: false }, 0],
    ['not before', { count: 499, oldestAgeMs: 499, isUrgent: false }, 1],
    ['at once when it is late', { count: 1, oldestAgeMs: 9999, isUrgent: false }, 0],
  ])('%s', (_name, waiting, expected) => {
    expect(dueInMs(waiting, { maxEvents: 500, maxAgeMs: 500 })).toBe(expected);
  });
});
