export const modules = ['@turbopuffer/turbopuffer'];
export const providers = ['turbopuffer'];
export const named = providers;
export const usual = { provider: 'turbopuffer', kind: 'vector' };

export function connect(loaded) {
  const { Turbopuffer } = loaded['@turbopuffer/turbopuffer'];
  const { turbopuffer: baseURL } = JSON.parse(process.env.URLS);
  return { docs: new Turbopuffer({ apiKey: 'tpuf_fake', baseURL, maxRetries: 1 }).namespace('docs') };
}

const nearest = { rank_by: ['vector', 'ANN', [0.1, 0.2]], top_k: 1 };
const queried = { operation: 'query', usage: { bytesQueried: 1_280_000_000, bytesReturned: 512 } };
/** How long the client itself was waiting is told in its answers. */
const withoutTimes = ({ performance: _performance, ...answer }) => answer;

export const cases = {
  write: {
    isBrief: true,
    kind: 'writes',
    use: async ({ docs }) =>
      withoutTimes(await docs.write({ upsert_rows: [{ id: 1, vector: [0.1, 0.2] }], distance_metric: 'cosine_distance' })),
    events: [{ operation: 'upsert', usage: { bytesWritten: 10_000 } }],
  },
  query: { isBrief: true, kind: 'reads', use: async ({ docs }) => withoutTimes(await docs.query(nearest)), events: [queried] },
  retried: {
    kind: 'errors and retries',
    use: async ({ docs }) => withoutTimes(await docs.query(nearest)),
    bends: [{ status: 503, retryAfterMs: 1 }],
    events: [{ ...queried, attempts: 2 }],
  },
};
