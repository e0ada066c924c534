import { expect, test } from 'vitest';
import { createBoundedMap } from '../../src/providers/index.ts';

test('the oldest entry goes when there are too many', () => {
  const map = createBoundedMap<number>(2);
  for (const [place, key] of ['a', 'b', 'c'].entries()) map.set(key, place);
  expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual([undefined, 1, 2]);
});

test('an entry that is set again is the newest', () => {
  const map = createBoundedMap<string>(2);
  for (const key of ['a', 'b', 'a', 'c']) map.set(key, key);
  expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual(['a', undefined, 'c']);
});

test('a thousand are kept where nothing else is said', () => {
  const map = createBoundedMap<true>();
  for (let number = 0; number <= 1000; number += 1) map.set(String(number), true);
  expect([map.get('0'), map.get('1'), map.get('1000')]).toEqual([undefined, true, true]);
});
