import { expect, onTestFinished, test } from 'vitest';
import { startFakeVectorStore, type VectorStoreKind } from '../../src/index.ts';

const ANSWERS: readonly (readonly [VectorStoreKind, string, object])[] = [
  ['qdrant', '/collections/docs/points/query', { status: 'ok', result: { points: [] }, usage: { hardware: { cpu: 7 } } }],
  ['weaviate', '/v1/graphql', { data: { Get: { Docs: [] } } }],
  ['chroma', '/api/v2/tenants/a/databases/b/collections/c/query', { ids: [[]] }],
  ['turbopuffer', '/v2/namespaces/docs/query', { billing: { billable_logical_bytes_queried: 1_280_000_000 } }],
  ['turbopuffer', '/v2/namespaces/docs', { billing: { billable_logical_bytes_written: 10_000 } }],
];

test.each(ANSWERS)('%s answers %s in its own form', async (kind, path, expected) => {
  const fake = await startFakeVectorStore(kind);
  onTestFinished(() => fake.close());
  const answer = await fetch(fake.url + path, { method: 'POST', body: '{}' });
  expect(await answer.json()).toMatchObject(expected);
});
