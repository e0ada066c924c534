import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortedKeys } from '../src/index.ts';

test('keys come out in one order, whatever order they were written in', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.nat()), (record) => {
      const reversed = Object.fromEntries(Object.entries(record).toReversed());
      expect(sortedKeys(reversed)).toEqual(sortedKeys(record));
      expect(sortedKeys(record)).toEqual(Object.keys(record).toSorted((one, other) => (one < other ? -1 : 1)));
    }),
  );
});
