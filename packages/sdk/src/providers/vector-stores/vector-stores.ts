import type { WireRequest } from '../../wire/index.ts';
import { createReader } from '../create-reader.ts';
import type { Operation, Provider } from '../provider.ts';

/** Where each store takes its calls; the group is the word that tells which. */
const PATHS: Readonly<Record<string, RegExp>> = {
  qdrant: /^\/collections\/[^/]+\/points(?:\/([a-z]+)(?=\/|$)|\/[^/]+$|$)/,
  weaviate: /^\/v1\/(graphql|objects|batch\/objects)(?:\/|$)/,
  chroma: /^\/api\/v\d\/(?:tenants\/.+\/)?collections\/[^/]+\/([a-z]+)$/,
  turbopuffer: /^\/v\d\/namespaces\/[^/]+(?:\/(query))?$/,
};

/** A word's operation; empty where the method tells it. */
const WORDS: Readonly<Record<string, string>> = {
  '': '',
  objects: '',
  'batch/objects': '',
  graphql: 'query',
  query: 'query',
  recommend: 'query',
  discover: 'query',
  search: 'search',
  scroll: 'list',
  get: 'fetch',
  add: 'upsert',
  upsert: 'upsert',
  update: 'update',
  batch: 'update',
  payload: 'update',
  vectors: 'update',
  delete: 'delete',
};
const METHODS: Readonly<Record<string, string>> = { GET: 'fetch', POST: 'upsert', PUT: 'upsert', PATCH: 'update', DELETE: 'delete' };

/** Turbopuffer tells the bytes it bills; the others are billed by the machine, whatever a call did. */
const reader = createReader({
  usage: 'billing',
  rows: [
    ['bytesQueried', 'billable_logical_bytes_queried|query.billable_logical_bytes_queried'],
    ['bytesReturned', 'billable_logical_bytes_returned|query.billable_logical_bytes_returned'],
    ['bytesWritten', 'billable_logical_bytes_written'],
  ],
});

/** Qdrant, Weaviate, Chroma and turbopuffer over HTTP with JSON, as of 2026-11; what goes over gRPC is not seen. */
export const vectorStores: Provider = {
  findOperation: operationAt,
  guessOperation(request) {
    // Weaviate's and turbopuffer's paths may be anybody's.
    const operation = operationAt(request, 'qdrant') ?? operationAt(request, 'chroma');
    return operation && { ...operation, confirm: 'points|query|vector|filter|ids|limit|where' };
  },
};

function operationAt({ method, path }: WireRequest, kind: string): Operation | undefined {
  const match = PATHS[kind]?.exec(path);
  const word = match ? WORDS[match[1] ?? ''] : undefined;
  // Qdrant asks for points by their ids where others write.
  const operation = word === '' ? (kind === 'qdrant' && method === 'POST' ? 'fetch' : METHODS[method]) : word;
  return operation === undefined ? undefined : { kind: 'vector', operation, provider: kind, reader };
}
