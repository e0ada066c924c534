export const modules = ['chromadb'];
export const providers = ['chroma'];
export const usual = { provider: 'chroma', kind: 'vector', usage: undefined };

export function connect(loaded) {
  const { ChromaClient } = loaded.chromadb;
  const { hostname: host, port } = new URL(JSON.parse(process.env.URLS).chroma);
  const chroma = new ChromaClient({ host, port: Number(port), ssl: false });
  return { open: () => chroma.getOrCreateCollection({ name: 'docs', embeddingFunction: null }) };
}

const records = { ids: ['one'], embeddings: [[0.1, 0.2]], documents: ['twelve dollars'] };
const nearest = { queryEmbeddings: [[0.1, 0.2]], nResults: 1 };

export const cases = {
  add: { isBrief: true, kind: 'writes', use: async ({ open }) => (await open()).add(records), events: [{ operation: 'upsert' }] },
  query: {
    isBrief: true,
    kind: 'reads',
    use: async ({ open }) => (await (await open()).query(nearest)).ids,
    events: [{ operation: 'query' }],
  },
  get: { kind: 'reads', use: async ({ open }) => (await (await open()).get({ ids: ['one'] })).ids, events: [{ operation: 'fetch' }] },
};
