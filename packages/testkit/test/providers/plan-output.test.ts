import { expect, test } from 'vitest';
import { planOutput } from '../../src/providers/index.ts';

test('what was asked for is what is written, nothing included', () => {
  expect([0, 1, 5000].map((limit) => planOutput(7, limit))).toEqual([0, 1, 5000]);
});

test('without a limit it is 8 to 40, each of them for some hash', () => {
  const planned = new Set(Array.from({ length: 100 }, (_, hash) => planOutput(hash)));
  expect([Math.min(...planned), Math.max(...planned), planned.size]).toEqual([8, 40, 33]);
});
