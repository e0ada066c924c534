import type { WireRequest } from '../../wire/index.ts';
import { createReader } from '../create-reader.ts';
import { estimateWriteUnits } from './estimate-write-units.ts';
import type { Operation, Provider, Reader, Route } from '../provider.ts';

const read = (operation: string): Route => ({ kind: 'vector', operation, confirm: 'topK|filter|query' });
/** Pinecone does not tell what a write used, so it is worked out from the request. */
const write = (operation: string): Route => ({ kind: 'vector', operation, estimate: estimateWriteUnits });

/** The data plane, by method and path. */
const CALLS: Readonly<Record<string, Route>> = {
  'POST /query': read('query'),
  'GET /vectors/fetch': read('fetch'),
  'POST /vectors/fetch_by_metadata': read('fetch'),
  'GET /vectors/list': read('list'),
  'POST /vectors/upsert': write('upsert'),
  'POST /vectors/update': write('update'),
  'POST /vectors/delete': write('delete'),
  'POST /describe_index_stats': { kind: 'vector', operation: 'stats', isFree: true },
  'POST /records/search': read('search'),
  'POST /records/upsert': write('upsert'),
};
const NAMESPACE = /(?<=^\/records)\/namespaces\/[^/]+(?=\/)/;

const pineconeReader: Reader = createReader({
  usage: 'usage',
  // The data plane writes camel case, the records API snake case; embedding and reranking inside a search are billed beside it.
  rows: [
    ['readUnits', 'readUnits|read_units'],
    ['input', 'embedTotalTokens|embed_total_tokens'],
    ['rerankSearches', 'rerankUnits|rerank_units'],
  ],
});

export const pinecone: Provider = {
  findOperation: operationAt,
  guessOperation(request) {
    const isOwn =
      request.header('x-pinecone-api-version') !== undefined ||
      (request.header('api-key') !== undefined && request.path.startsWith('/vectors/'));
    return isOwn ? operationAt(request, 'pinecone') : undefined;
  },
};

function operationAt({ method, path }: WireRequest, provider: string): Operation | undefined {
  const call = `${method} ${path.replace(NAMESPACE, '')}`;
  const route = Object.hasOwn(CALLS, call) ? CALLS[call] : undefined;
  return route && { ...route, provider, reader: pineconeReader };
}
