import { describe, expect, test } from 'vitest';
import { recordCapture } from './support/record-capture.ts';
import { useFakeVectorStore } from './support/start-fakes.ts';

/** The requests as the stores' own clients write them (2026-11: Qdrant 1.19, Weaviate 3.14, Chroma 3.5, turbopuffer 2.8). */
const CHROMA = '/api/v2/tenants/default_tenant/databases/default_database/collections/0198f3a2-0000-7000-8000-000000000001';
const CALLS = [
  ['qdrant', 'PUT', '/collections/docs/points?wait=true', { points: [{ id: 1, vector: [0.1] }] }, 'upsert'],
  ['qdrant', 'POST', '/collections/docs/points', { ids: [1] }, 'fetch'],
  ['qdrant', 'POST', '/collections/docs/points/query', { query: [0.1], limit: 3 }, 'query'],
  ['qdrant', 'POST', '/collections/docs/points/query/batch', { searches: [] }, 'query'],
  ['qdrant', 'POST', '/collections/docs/points/search', { vector: [0.1], limit: 3 }, 'search'],
  ['qdrant', 'POST', '/collections/docs/points/scroll', { limit: 3 }, 'fetch'],
  ['qdrant', 'POST', '/collections/docs/points/delete?wait=true', { points: [1] }, 'delete'],
  ['qdrant', 'POST', '/collections/docs/points/payload/delete', { keys: ['a'], points: [1] }, 'update'],
  ['weaviate', 'POST', '/v1/graphql', { query: '{ Get { Docs { text } } }' }, 'query'],
  ['weaviate', 'POST', '/v1/batch/objects', { objects: [] }, 'upsert'],
  ['weaviate', 'POST', '/v1/objects', { class: 'Docs' }, 'upsert'],
  ['weaviate', 'PATCH', '/v1/objects/Docs/0198f3a2', { class: 'Docs' }, 'update'],
  ['weaviate', 'DELETE', '/v1/objects/Docs/0198f3a2', undefined, 'delete'],
  ['chroma', 'POST', `${CHROMA}/add`, { ids: ['a'], documents: ['b'] }, 'upsert'],
  ['chroma', 'POST', `${CHROMA}/query`, { query_embeddings: [[0.1]], n_results: 2 }, 'query'],
  ['chroma', 'POST', `${CHROMA}/get`, { ids: ['a'] }, 'fetch'],
  ['chroma', 'POST', `${CHROMA}/delete`, { ids: ['a'] }, 'delete'],
  ['turbopuffer', 'POST', '/v2/namespaces/docs', { upsert_rows: [{ id: 1, vector: [0.1] }], distance_metric: 'cosine_distance' }, 'upsert'],
  ['turbopuffer', 'DELETE', '/v2/namespaces/docs', undefined, 'delete'],
  ['turbopuffer', 'POST', '/v2/namespaces/docs/query', { rank_by: ['vector', 'ANN', [0.1]], top_k: 3 }, 'query'],
] as const;

describe('calls of vector stores', () => {
  test.each(CALLS)('%s %s %s', async (kind, method, path, body, operation) => {
    const { url } = await useFakeVectorStore(kind);
    const capture = recordCapture({ providers: { [new URL(url).host]: kind } });
    await (
      await fetch(url + path, { method, headers: { 'content-type': 'application/json' }, ...(body && { body: JSON.stringify(body) }) })
    ).text();
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ kind: 'vector', provider: kind, operation, status: 'ok' });
    // The other three are billed by the machine, not by the call.
    expect(call?.usageQuality).toBe(kind === 'turbopuffer' ? 'reported' : 'unknown');
  });
});

test.each(CALLS.filter(([kind]) => kind === 'qdrant' || kind === 'chroma'))(
  'nobody need name the host of %s %s %s',
  async (kind, method, path, body, operation) => {
    const { url } = await useFakeVectorStore(kind);
    const capture = recordCapture();
    await (await fetch(url + path, { method, ...(body && { body: JSON.stringify(body) }) })).text();
    expect((await capture.untilCalls(1))[0]).toMatchObject({ provider: kind, operation });
  },
);

test('turbopuffer tells the bytes it bills', async () => {
  const { url } = await useFakeVectorStore('turbopuffer');
  const capture = recordCapture({ providers: { '127.0.0.1': 'turbopuffer' } });
  await (await fetch(`${url}/v2/namespaces/docs/query`, { method: 'POST', body: '{"top_k":3}' })).text();
  await (await fetch(`${url}/v2/namespaces/docs`, { method: 'POST', body: '{"upsert_rows":[]}' })).text();
  const [query, write] = await capture.untilCalls(2);
  expect(query?.usage).toEqual({ bytesQueried: 1_280_000_000, bytesReturned: 512 });
  expect(write?.usage).toEqual({ bytesWritten: 10_000 });
});

test('what only manages a store is left alone', async () => {
  const { url } = await useFakeVectorStore('qdrant');
  const capture = recordCapture({ providers: { '127.0.0.1': 'qdrant' } });
  await (await fetch(`${url}/collections`)).text();
  await (await fetch(`${url}/collections/docs`, { method: 'PUT', body: '{"vectors":{"size":3}}' })).text();
  await (await fetch(`${url}/collections/docs/points/query`, { method: 'POST', body: '{"query":[0.1]}' })).text();
  expect((await capture.untilCalls(1)).map(({ operation }) => operation)).toEqual(['query']);
});
