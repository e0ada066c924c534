import type { CostEvent, JsonValue } from '@llmobserve/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashContent } from '../../src/ingest/hash-content.ts';

const EVENT: CostEvent = {
  id: '0198f3a2-0000-7000-8000-000000000000',
  kind: 'llm',
  provider: 'openai',
  startedAt: '2026-11-20T09:00:00.000Z',
  status: 'ok',
  usageQuality: 'reported',
};

test('the order of members does not matter, at any depth', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (attributes) => {
      const one = { ...EVENT, attributes: attributes as { [key: string]: JsonValue } };
      const other = { attributes: reverseMembers(one.attributes) as typeof one.attributes, ...EVENT };
      return hashContent(one).contentHash === hashContent(other).contentHash;
    }),
  );
});

test.for<[string, Partial<CostEvent>]>([
  ['a member', { model: 'gpt-4o' }],
  ['a quantity', { usage: { input: 1 } }],
  ['a key named __proto__', { tags: Object.fromEntries([['__proto__', 'x']]) }],
  ['the order of a list', { attributes: { a: [2, 1] } }],
])('%s makes another hash', ([, members]) => {
  const base = { ...EVENT, attributes: { a: [1, 2] } };
  expect(hashContent({ ...base, ...members }).contentHash).not.toBe(hashContent(base).contentHash);
});

test('the hash is the same in every process and fits a signed column of 64 bits', () => {
  const { contentHash, sizeBytes } = hashContent(EVENT);
  expect(contentHash).toBe(BigInt.asIntN(64, contentHash));
  expect(contentHash).toBe(-5_583_274_757_270_317_560n);
  expect(sizeBytes).toBeGreaterThan(100);
});

function reverseMembers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reverseMembers);
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reverseMembers(member)]),
  );
}
