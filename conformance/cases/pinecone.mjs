import { twentyAtOnce } from './twenty-at-once.mjs';

export const modules = ['@pinecone-database/pinecone'];
export const providers = ['pinecone'];
export const usual = { provider: 'pinecone', kind: 'vector', usage: { readUnits: 0.25 } };

export function connect(loaded) {
  const { Pinecone } = loaded['@pinecone-database/pinecone'];
  const { pinecone: url } = JSON.parse(process.env.URLS);
  const pinecone = new Pinecone({ apiKey: 'pc-fake', controllerHostUrl: url });
  const index = pinecone.index('docs').namespace('acme');
  // Version 7 takes one object wherever those before it took a list or an id.
  const named = JSON.parse(process.env.CAN).includes('named arguments');
  return {
    pinecone,
    index,
    upsert: (records) => index.upsert(named ? { records } : records),
    fetch: (ids) => index.fetch(named ? { ids } : ids),
    deleteOne: (id) => index.deleteOne(named ? { id } : id),
    upsertTexts: (records) => index.upsertRecords(named ? { records } : records),
    embed: (model, inputs, parameters) =>
      named ? pinecone.inference.embed({ model, inputs, parameters }) : pinecone.inference.embed(model, inputs, parameters),
    rerank: (model, query, documents) =>
      named ? pinecone.inference.rerank({ model, query, documents }) : pinecone.inference.rerank(model, query, documents),
  };
}

const nearest = { vector: [1, 0], topK: 1, includeMetadata: true };
const query = { operation: 'query' };
const write = (operation) => ({ operation, usage: 'estimated' });
const failed = { ...query, status: 'error', usage: 'none' };

export const cases = {
  upsert: {
    isBrief: true,
    kind: 'writes',
    use: ({ upsert }) => upsert([{ id: 'one', values: [1, 0], metadata: { title: 'Öne' } }]),
    events: [write('upsert')],
  },
  query: { isBrief: true, kind: 'reads', use: ({ index }) => index.query(nearest), events: [query] },
  fetch: {
    kind: 'reads',
    use: ({ fetch }) => fetch(Array.from({ length: 11 }, (_, number) => `id${number}`)),
    events: [{ operation: 'fetch', usage: { readUnits: 2 } }],
  },
  list: {
    kind: 'reads',
    use: ({ index }) => index.listPaginated({ prefix: 'o' }),
    events: [{ operation: 'list', usage: { readUnits: 1 } }],
  },
  update: {
    kind: 'writes',
    use: ({ index }) => index.update({ id: 'one', metadata: { title: 'Two' } }),
    events: [write('update')],
  },
  delete: { kind: 'writes', use: ({ deleteOne }) => deleteOne('one'), events: [write('delete')] },
  stats: { kind: 'free calls', use: ({ index }) => index.describeIndexStats(), events: [{ operation: 'stats', usage: 'none' }] },
  describe: { kind: 'free calls', use: async ({ pinecone }) => (await pinecone.describeIndex('docs')).name, events: [] },
  'list of indexes': { kind: 'free calls', use: async ({ pinecone }) => (await pinecone.listIndexes()).indexes.length, events: [] },
  'records upsert': {
    needs: ['records'],
    kind: 'records',
    use: ({ upsertTexts }) => upsertTexts([{ id: 'text', text: 'whales sing' }]),
    events: [write('upsert')],
  },
  'records search': {
    needs: ['records'],
    kind: 'records',
    use: ({ index }) => index.searchRecords({ query: { topK: 1, inputs: { text: 'two words' } } }),
    events: [{ operation: 'search', usage: { readUnits: 1, input: 2 } }],
  },
  refused: {
    throws: true,
    kind: 'errors and retries',
    use: ({ index }) => index.query(nearest),
    bends: [{ status: 400 }],
    events: [failed],
  },
  retried: {
    needs: ['retries'],
    kind: 'errors and retries',
    use: ({ index }) => index.query(nearest),
    bends: [{ status: 503 }],
    events: [{ ...query, attempts: 2 }],
  },
  gzip: { kind: 'encodings', use: ({ index }) => index.query(nearest), bends: [{ compress: 'gzip' }], events: [query] },
  'split anywhere': { kind: 'encodings', use: ({ index }) => index.query(nearest), bends: [{ pieceBytes: 1 }], events: [query] },
  'twenty at once': twentyAtOnce(
    ({ index }) => index.query(nearest),
    () => query,
  ),
};
