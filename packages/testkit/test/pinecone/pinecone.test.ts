import { Pinecone } from '@pinecone-database/pinecone';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startFakePinecone, type FakeProvider } from '../../src/index.ts';

let fake: FakeProvider;
let pinecone: Pinecone;
beforeEach(async () => {
  fake = await startFakePinecone({ indexNames: ['docs', 'other'] });
  // The client remembers hosts by key for the whole process, so each fake gets a key of its own.
  pinecone = new Pinecone({ apiKey: `pc-${fake.url}`, controllerHostUrl: fake.url, maxRetries: 0 });
});
afterEach(() => fake.close());

const records = [
  { id: 'north', values: [0, 1], metadata: { title: 'North' } },
  { id: 'east', values: [1, 0], metadata: { title: 'East' } },
];

test('an index is found by name, and lives on the same host', async () => {
  expect(await pinecone.describeIndex('docs')).toMatchObject({ name: 'docs', host: fake.url, status: { ready: true } });
  expect((await pinecone.listIndexes()).indexes?.map((index) => index.name)).toEqual(['docs', 'other']);
  await expect(pinecone.describeIndex('nobody')).rejects.toThrow();
});

test('the nearest record comes first, with its metadata and the read units', async () => {
  const index = pinecone.index('docs').namespace('acme');
  await index.upsert({ records });
  const found = await index.query({ vector: [0.9, 0.1], topK: 2, includeMetadata: true });
  expect(found.matches.map((match) => match.id)).toEqual(['east', 'north']);
  expect(found.matches[0]?.metadata).toEqual({ title: 'East' });
  expect(found.usage).toEqual({ readUnits: 0.25 });
  expect((await index.query({ id: 'north', topK: 1 })).matches[0]?.id).toBe('north');
});

test('namespaces are apart, and the statistics say so', async () => {
  const index = pinecone.index('docs');
  await index.namespace('acme').upsert({ records });
  expect((await index.namespace('globex').query({ vector: [1, 0], topK: 3 })).matches).toEqual([]);
  const stats = await index.describeIndexStats();
  expect(stats).toMatchObject({ totalRecordCount: 2, namespaces: { acme: { recordCount: 2 } } });
});

test('fetching costs one read unit for ten records', async () => {
  const index = pinecone.index('docs').namespace('acme');
  await index.upsert({ records });
  const some = await index.fetch({ ids: ['north', 'nobody'] });
  expect(Object.keys(some.records)).toEqual(['north']);
  expect(some.usage).toEqual({ readUnits: 1 });
  const many = await index.fetch({ ids: Array.from({ length: 21 }, (_, number) => `r${number}`) });
  expect(many.usage).toEqual({ readUnits: 3 });
});

test('records are changed, listed and removed', async () => {
  const index = pinecone.index('docs').namespace('acme');
  await index.upsert({ records });
  await index.update({ id: 'north', metadata: { title: 'Up' } });
  expect((await index.fetch({ ids: ['north'] })).records['north']?.metadata).toEqual({ title: 'Up' });
  expect((await index.listPaginated({ prefix: 'e' })).vectors?.map((vector) => vector.id)).toEqual(['east']);
  await index.deleteOne({ id: 'north' });
  expect((await index.listPaginated()).vectors).toHaveLength(1);
  await index.deleteAll();
  expect((await index.listPaginated()).vectors).toEqual([]);
});

test('texts are embedded by Pinecone itself, and the search tells its units', async () => {
  const index = pinecone.index('docs').namespace('acme');
  await index.upsertRecords({ records: [{ id: 'one', text: 'whales' }] });
  const found = await index.searchRecords({ query: { topK: 1, inputs: { text: 'two words' } } });
  expect(found.result.hits[0]).toMatchObject({ _id: 'one', fields: { text: 'whales' } });
  expect(found.usage).toEqual({ readUnits: 1, embedTotalTokens: 2, rerankUnits: undefined });
});

test('errors reach the client in its own form', async () => {
  fake.bendNext({ status: 401 });
  await expect(pinecone.describeIndex('docs')).rejects.toThrow(/key/i);
  await pinecone.index('docs').describeIndexStats();
  fake.bendNext({ status: 429 });
  await expect(pinecone.index('docs').query({ vector: [1, 0], topK: 1 })).rejects.toThrow();
});
