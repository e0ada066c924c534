import fc from 'fast-check';
import { expect, test } from 'vitest';
import { int8ToSpanId, spanIdToInt8, traceIdToUuid, uuidToTraceId } from '../../src/store/index.ts';

const hex = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789abcdef'.split('')), minLength: length, maxLength: length });

test('every trace id comes back from its column as it was', () => {
  fc.assert(fc.property(hex(32), (id) => uuidToTraceId(traceIdToUuid(id)) === id));
});

test('every span id comes back from its column as it was, and fits 64 bits', () => {
  fc.assert(
    fc.property(hex(16), (id) => {
      expect(int8ToSpanId(spanIdToInt8(id))).toBe(id);
      expect(BigInt.asIntN(64, spanIdToInt8(id))).toBe(spanIdToInt8(id));
    }),
  );
});

test.for([
  ['ffffffffffffffff', -1n],
  ['0000000000000001', 1n],
  ['8000000000000000', -(2n ** 63n)],
] as const)('span %s is %s', ([id, value]) => {
  expect(spanIdToInt8(id)).toBe(value);
});
