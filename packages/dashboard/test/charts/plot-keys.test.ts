import { expect, test } from 'vitest';

import { movedPlace } from '../../src/charts/use-chart-pointer.ts';

test.each([
  ['ArrowLeft', 5, 4],
  ['ArrowLeft', 0, 0],
  ['ArrowRight', 5, 6],
  ['ArrowRight', 29, 29],
  ['Home', 5, 0],
  ['End', 5, 29],
  ['a', 5, undefined],
])('%s leads from bar %i to bar %s of thirty', (key, index, expected) => {
  expect(movedPlace(key, index, 29)).toBe(expected);
});
