import { beforeEach, expect, test } from 'vitest';
import { createVectorStore, type VectorStore } from '../../src/pinecone/vector-store.ts';

let store: VectorStore;
beforeEach(() => {
  store = createVectorStore();
});

const idsOf = (matches: ReturnType<VectorStore['query']>) => matches.map((match) => match.record.id);

test('the direction decides, not the length', () => {
  store.upsert('a', [
    { id: 'long', values: [0, 9] },
    { id: 'short', values: [0.1, 0.1] },
  ]);
  expect(idsOf(store.query('a', [1, 1], 2))).toEqual(['short', 'long']);
  expect(store.query('a', [5, 5], 1)[0]?.score).toBeCloseTo(1);
});

test('no more matches than asked for, and none of a zero vector is an error', () => {
  store.upsert('a', [
    { id: 'one', values: [1, 0] },
    { id: 'zero', values: [0, 0] },
  ]);
  expect(store.query('a', [1, 0], 1)).toHaveLength(1);
  expect(store.query('a', [0, 0], 5).map((match) => match.score)).toEqual([0, 0]);
});

test('a record with a known id takes its place', () => {
  store.upsert('a', [{ id: 'one', values: [1, 0] }]);
  store.upsert('a', [{ id: 'one', values: [0, 1] }]);
  expect(store.counts()).toEqual({ a: 1 });
  expect(store.fetch('a', ['one', 'nobody'])).toEqual([{ id: 'one', values: [0, 1] }]);
});

test('namespaces know nothing of each other', () => {
  store.upsert('a', [{ id: 'one', values: [1] }]);
  expect([store.query('b', [1], 9), store.fetch('b', ['one']), store.list('b', '')]).toEqual([[], [], []]);
  store.delete('b', 'all');
  expect(store.counts()).toEqual({ a: 1 });
});

test('some records go, or all of a namespace', () => {
  store.upsert(
    'a',
    ['x1', 'x2', 'y1'].map((id) => ({ id, values: [1] })),
  );
  store.delete('a', ['x1', 'nobody']);
  expect(store.list('a', 'x')).toEqual(['x2']);
  store.delete('a', 'all');
  expect(store.counts()).toEqual({});
});

test('size is id, metadata and four bytes a dimension', () => {
  store.upsert('a', [{ id: 'four', values: [1, 2, 3], metadata: { a: 1 } }]);
  expect(store.sizeGb('a') * 1e9).toBeCloseTo(4 + '{"a":1}'.length + 12);
});
