import type { WireRequest } from '../../wire/index.ts';
import { route } from '../create-provider.ts';
import { createReader } from '../create-reader.ts';
import { indexWords } from '../index-words.ts';
import type { Operation, Provider } from '../provider.ts';

/** Where each store takes its calls; the group is the word that tells which. */
const PATHS: Readonly<Record<string, RegExp>> = {
  qdrant: /^\/collections\/[^/]+\/points(?:\/([a-z]+)(?=\/|$)|\/[^/]+$|$)/,
  weaviate: /^\/v1\/(?:(graphql)|(?:batch\/)?objects)(?:\/|$)/,
  chroma: /^\/api\/v\d\/(?:tenants\/.+\/)?collections\/[^/]+\/([a-z]+)$/,
  turbopuffer: /^\/v\d\/namespaces\/[^/]+(?:\/(query))?$/,
};

const OPERATIONS = indexWords({
  query: 'query recommend discover graphql',
  search: 'search',
  // A listing that tells no units would count as free.
  fetch: 'get scroll',
  upsert: 'add upsert',
  update: 'update batch payload vectors',
  delete: 'delete',
});
/** Where a path ends at records, the method tells it. */
const METHODS: Readonly<Record<string, string>> = { GET: 'fetch', POST: 'upsert', PUT: 'upsert', PATCH: 'update', DELETE: 'delete' };

/** Turbopuffer tells the bytes it bills; the others are billed by the machine, whatever a call did. */
const reader = createReader({
  usage: 'billing|billing.query',
  rows: [
    ['bytesQueried', 'billable_logical_bytes_queried'],
    ['bytesReturned', 'billable_logical_bytes_returned'],
    ['bytesWritten', 'billable_logical_bytes_written'],
  ],
});

/** Qdrant, Weaviate, Chroma and turbopuffer over HTTP with JSON, as of 2026-11; what goes over gRPC is not seen. */
export const vectorStores: Provider = {
  findOperation: operationAt,
  guessOperation(request) {
    // Weaviate's and turbopuffer's paths may be anybody's, as is what has no body to look at.
    if (request.method !== 'POST' && request.method !== 'PUT') return undefined;
    const qdrant = operationAt(request, 'qdrant');
    if (qdrant) return { ...qdrant, confirm: 'points|ids|query|searches|vector|filter|limit', answerMark: /"(?:result|status)"|^$/ };
    return request.path.includes('/tenants/') ? operationAt(request, 'chroma') : undefined;
  },
};

function operationAt({ method, path }: WireRequest, kind: string): Operation | undefined {
  const match = PATHS[kind]?.exec(path);
  if (!match) return undefined;
  const [, word] = match;
  // Qdrant asks for points by their ids where others write.
  const byMethod = kind === 'qdrant' && method === 'POST' ? 'fetch' : METHODS[method];
  const operation = word === undefined ? byMethod : OPERATIONS.get(word);
  return operation === undefined ? undefined : { ...route('vector', operation), provider: kind, reader };
}
