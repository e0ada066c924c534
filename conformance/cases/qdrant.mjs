export const modules = ['@qdrant/js-client-rest'];
export const providers = ['qdrant'];
export const usual = { provider: 'qdrant', kind: 'vector', usage: undefined };

export function connect(loaded) {
  const { QdrantClient } = loaded['@qdrant/js-client-rest'];
  const { qdrant: url } = JSON.parse(process.env.URLS);
  return { qdrant: new QdrantClient({ url, checkCompatibility: false }) };
}

const points = [{ id: 1, vector: [0.1, 0.2], payload: { title: 'Öne' } }];
const nearest = { query: [0.1, 0.2], limit: 1 };

export const cases = {
  upsert: { isBrief: true, kind: 'writes', use: ({ qdrant }) => qdrant.upsert('docs', { points }), events: [{ operation: 'upsert' }] },
  query: { isBrief: true, kind: 'reads', use: ({ qdrant }) => qdrant.query('docs', nearest), events: [{ operation: 'query' }] },
  delete: { kind: 'writes', use: ({ qdrant }) => qdrant.delete('docs', { points: [1] }), events: [{ operation: 'delete' }] },
  refused: {
    throws: true,
    kind: 'errors and retries',
    use: ({ qdrant }) => qdrant.query('docs', nearest),
    bends: [{ status: 400 }],
    events: [{ operation: 'query', status: 'error' }],
  },
};
