import { twentyAtOnce } from './twenty-at-once.mjs';

export const modules = ['voyageai'];
export const providers = ['voyage'];
export const named = providers;
export const usual = { provider: 'voyage', kind: 'embedding', operation: 'embeddings', model: 'voyage-3.5', usage: { input: 3 } };

export function connect(loaded) {
  const { VoyageAIClient } = loaded.voyageai;
  const { voyage: url } = JSON.parse(process.env.URLS);
  return { voyage: new VoyageAIClient({ apiKey: 'fake', environment: `${url}/v1` }) };
}

const ask = { model: 'voyage-3.5', input: ['one two', 'three'] };

export const cases = {
  embeddings: { isBrief: true, kind: 'embeddings', use: ({ voyage }) => voyage.embed(ask), events: [{}] },
  rerank: {
    kind: 'rerank',
    use: ({ voyage }) => voyage.rerank({ model: 'rerank-2.5', query: 'how much', documents: ['one', 'two'] }),
    events: [{ kind: 'rerank', operation: undefined, model: 'rerank-2.5', usage: { input: 6 } }],
  },
  refused: {
    throws: true,
    kind: 'errors and retries',
    use: ({ voyage }) => voyage.embed(ask),
    bends: [{ status: 400 }],
    events: [{ status: 'error', usage: 'none', model: undefined }],
  },
  'twenty at once': twentyAtOnce(async ({ voyage }) => (await voyage.embed(ask)).usage),
};
