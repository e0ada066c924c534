import { Pinecone } from '@pinecone-database/pinecone';
import { expect, test } from 'vitest';
import { recordCapture } from './support/record-capture.ts';
import { useFakePinecone } from './support/start-fakes.ts';

test('query and fetch are captured with the read units Pinecone reports', async () => {
  const fake = await useFakePinecone();
  const capture = recordCapture();
  const index = new Pinecone({ apiKey: 'pc-fake' }).index({ host: fake.url });
  const found = await index.query({ vector: [0.1, 0.2, 0.3], topK: 2 });
  const fetched = await index.fetch({ ids: Array.from({ length: 11 }, (_, number) => `id-${number}`) });
  const [query, fetch] = await capture.untilCalls(2);
  const common = { kind: 'vector', provider: 'pinecone', status: 'ok', usageQuality: 'reported' };
  expect(query).toMatchObject({ ...common, operation: 'query', usage: { readUnits: found.usage?.readUnits } });
  expect(fetch).toMatchObject({ ...common, operation: 'fetch', usage: { readUnits: fetched.usage?.readUnits } });
  expect(fetch?.usage).toEqual({ readUnits: 2 });
  expect(query?.model).toBeUndefined();
});

test('writes are captured with the range of write units their bytes allow', async () => {
  const fake = await useFakePinecone();
  const capture = recordCapture();
  const index = new Pinecone({ apiKey: 'pc-fake' }).index({ host: fake.url });
  await index.upsert({ records: [{ id: 'small', values: [0.1, 0.2] }] });
  const wide = Array.from({ length: 1536 }, (_, at) => Math.sin(at));
  await index.upsert({ records: Array.from({ length: 20 }, (_, number) => ({ id: `wide-${number}`, values: wide })) });
  await index.deleteOne({ id: 'small' });
  const [small, large, deleted] = await capture.untilCalls(3);
  expect(small).toMatchObject({ operation: 'upsert', usage: { writeUnitsMin: 5, writeUnitsMax: 6 }, usageQuality: 'estimated' });
  // 20 records of 4 × 1536 bytes and their ids are 123 kB, whatever the digits of their JSON weigh.
  expect(large?.usage?.writeUnitsMin).toBeGreaterThanOrEqual(123);
  expect(large?.usage?.writeUnitsMin).toBeLessThanOrEqual(125);
  expect(large?.usage?.writeUnitsMax).toBe(2 * (large?.usage?.writeUnitsMin ?? 0));
  expect(deleted).toMatchObject({ operation: 'delete', usageQuality: 'estimated' });
});

test('every other call to an index is captured as what it is', async () => {
  const fake = await useFakePinecone();
  const capture = recordCapture();
  const index = new Pinecone({ apiKey: 'pc-fake' }).index({ host: fake.url }).namespace('a');
  await index.upsert({ records: [{ id: 'one', values: [0.1, 0.2] }] });
  await index.listPaginated();
  await index.fetchByMetadata({ filter: { genre: 'any' } });
  await index.update({ id: 'one', metadata: { genre: 'any' } });
  await index.upsertRecords({ records: [{ id: 'two', text: 'words to embed' }] });
  await index.searchRecords({ query: { topK: 1, inputs: { text: 'four words are here' } } });
  await index.deleteAll();
  await index.deleteNamespace('a');
  const calls = await capture.untilCalls(8);
  expect(calls.map(({ operation, usage }) => [operation, usage])).toEqual([
    ['upsert', { writeUnitsMin: 5, writeUnitsMax: 6 }],
    ['list', { readUnits: 1 }],
    ['fetch', { readUnits: 1 }],
    ['update', { writeUnitsMin: 5, writeUnitsMax: 6 }],
    ['upsert', { writeUnitsMin: 5, writeUnitsMax: 6 }],
    ['search', { readUnits: 1, input: 4 }],
    ['delete', { writeUnitsMin: 5, writeUnitsMax: 5 }],
    ['delete', { writeUnitsMin: 5, writeUnitsMax: 5 }],
  ]);
  expect(capture.calls.every(({ kind, provider }) => `${provider} ${kind}` === 'pinecone vector')).toBe(true);
});

test("Pinecone's own models are captured with their tokens and searches; managing indexes is not", async () => {
  const fake = await useFakePinecone();
  const capture = recordCapture();
  const pinecone = new Pinecone({ apiKey: 'pc-fake', controllerHostUrl: fake.url });
  await pinecone.indexes.list();
  await pinecone.indexes.describe('docs');
  await pinecone.inference.embed({ model: 'multilingual-e5-large', inputs: ['two words', 'one'], parameters: { inputType: 'query' } });
  await pinecone.inference.rerank({ model: 'bge-reranker-v2-m3', query: 'best', documents: ['a', 'b'] });
  const [embed, rerank] = await capture.untilCalls(2);
  expect(embed).toMatchObject({ kind: 'embedding', operation: 'embed', model: 'multilingual-e5-large', usage: { input: 3 } });
  expect(rerank).toMatchObject({ kind: 'rerank', operation: 'rerank', model: 'bge-reranker-v2-m3', usage: { rerankSearches: 1 } });
});

test('what costs nothing counts nothing', async () => {
  const fake = await useFakePinecone();
  const capture = recordCapture();
  await new Pinecone({ apiKey: 'pc-fake' }).index({ host: fake.url }).describeIndexStats();
  const [call] = await capture.untilCalls(1);
  expect(call).toMatchObject({ operation: 'stats', status: 'ok' });
  expect(call?.usage).toBeUndefined();
});

test('retries of the client are folded into one call by their bytes', async () => {
  const fake = await useFakePinecone();
  const capture = recordCapture();
  fake.bendNext({ status: 503 });
  await new Pinecone({ apiKey: 'pc-fake' }).index({ host: fake.url }).query({ vector: [1, 2, 3], topK: 1 });
  const [call] = await capture.untilCalls(1);
  expect(fake.requests).toHaveLength(2);
  expect(call).toMatchObject({ status: 'ok', attempts: 2, usageQuality: 'reported' });
  expect(capture.pending()).toBe(0);
});
