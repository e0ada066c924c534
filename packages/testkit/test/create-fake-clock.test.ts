import { expect, test } from 'vitest';
import { createFakeClock } from '../src/index.ts';

test('time stands still until it is moved, and then both clocks move', () => {
  const clock = createFakeClock(1000);
  expect([clock.nowMs(), clock.monotonicMs()]).toEqual([1000, 0]);
  clock.advance(250);
  expect([clock.nowMs(), clock.monotonicMs()]).toEqual([1250, 250]);
});

test('a corrected wall clock leaves the elapsed time alone', () => {
  const clock = createFakeClock(5000);
  clock.setWallClock(1000);
  clock.advance(1);
  expect([clock.nowMs(), clock.monotonicMs()]).toEqual([1001, 1]);
});
