import { createProvider, route } from '../create-provider.ts';
import { createReader } from '../create-reader.ts';
import type { Provider, Route } from '../provider.ts';
import { estimateWriteUnits } from './estimate-write-units.ts';

/** Pinecone does not tell what a write used, so it is worked out from the request. */
const write = (operation: string): Route => route('vector', operation, { estimate: estimateWriteUnits });

const FETCH = route('vector', 'fetch');
const LIST = route('vector', 'list');
const DELETE = write('delete');

/** The data plane and inference of all API versions up to 2026-07; what manages indexes costs nothing and is left alone. */
export const pinecone: Provider = createProvider({
  path: /^\/(?:vectors\/|bulk\/|(?:records\/)?namespaces\/[^/]+\/(?:documents\/)?)?(?<call>query|fetch|fetch_by_metadata|list|upsert|update|delete|describe_index_stats|search|imports|embed|rerank|namespaces(?=\/[^/]+$))(?:\/(?<id>[^/]+))?$/,
  reader: createReader({
    usage: 'usage',
    // The data plane writes camel case, newer parts snake case; embedding and reranking inside a search are billed beside it.
    rows: [
      ['readUnits', 'readUnits|read_units'],
      ['input', 'embedTotalTokens|embed_total_tokens|total_tokens'],
      ['rerankSearches', 'rerankUnits|rerank_units'],
    ],
  }),
  calls: {
    'POST query': route('vector', 'query'),
    'POST search': route('vector', 'search'),
    'GET fetch': FETCH,
    'POST fetch': FETCH,
    'POST fetch_by_metadata': FETCH,
    'GET list': LIST,
    'POST list': LIST,
    'POST upsert': write('upsert'),
    'POST update': write('update'),
    'POST delete': DELETE,
    'DELETE namespaces*': DELETE,
    'POST imports': route('vector', 'import'),
    'POST describe_index_stats': route('vector', 'stats', { isFree: true }),
    'POST embed': route('embedding', 'embed'),
    'POST rerank': route('rerank', 'rerank'),
  },
  // Version 2 of the client names itself only, older ones not even that.
  guess: ({ header, path }) =>
    header('x-pinecone-api-version') !== undefined ||
    header('user-agent')?.includes('pinecone') ||
    (header('api-key') !== undefined && path.startsWith('/vectors/'))
      ? 'pinecone'
      : undefined,
});
