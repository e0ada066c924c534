import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256Hex } from '../../src/edge/sha256-hex.ts';
import { sha256Hex as sha256HexOnNode } from '../../src/sha256-hex.ts';

test.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 1000])('a text of %i characters has the same digest as on Node', (length) => {
  expect(sha256Hex('a'.repeat(length))).toBe(sha256HexOnNode('a'.repeat(length)));
});

test('any text has the same digest as on Node', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => sha256Hex(text) === sha256HexOnNode(text)));
});
