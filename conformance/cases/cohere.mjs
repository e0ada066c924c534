import { readAll } from './read-all.mjs';
import { twentyAtOnce } from './twenty-at-once.mjs';

export const modules = ['cohere-ai'];
export const providers = ['cohere'];
export const usual = { provider: 'cohere', kind: 'llm', operation: 'chat', requestedModel: 'command-r', usage: { input: 6, output: 20 } };

export function connect(loaded) {
  const { CohereClient, CohereClientV2 } = loaded['cohere-ai'];
  const { cohere: environment } = JSON.parse(process.env.URLS);
  const options = { token: 'fake', environment };
  return { first: new CohereClient(options), second: new CohereClientV2(options) };
}

const question = 'How much does acme cost, naïvely?';
const asked = { model: 'command-r', message: question, maxTokens: 20 };
const ask = { model: 'command-r', messages: [{ role: 'user', content: question }], maxTokens: 20 };

export const cases = {
  chat: { isBrief: true, kind: 'chat', use: ({ second }) => second.chat(ask), events: [{}] },
  stream: {
    isBrief: true,
    kind: 'streams',
    use: async ({ second }) => readAll(await second.chatStream(ask)),
    events: [{ streamed: true }],
  },
  'chat of version 1': { kind: 'chat', use: ({ first }) => first.chat(asked), events: [{}] },
  'stream of version 1': {
    kind: 'streams',
    use: async ({ first }) => readAll(await first.chatStream(asked)),
    events: [{ streamed: true }],
  },
  embedding: {
    kind: 'embeddings',
    use: ({ second }) =>
      second.embed({ model: 'embed-v4.0', texts: ['one two', 'three'], inputType: 'search_query', embeddingTypes: ['float'] }),
    events: [{ kind: 'embedding', operation: undefined, requestedModel: 'embed-v4.0', usage: { input: 3 } }],
  },
  rerank: {
    kind: 'rerank',
    use: ({ second }) => second.rerank({ model: 'rerank-v3.5', query: 'how much', documents: ['one', 'two'] }),
    events: [{ kind: 'rerank', operation: undefined, requestedModel: 'rerank-v3.5', usage: { rerankSearches: 1 } }],
  },
  refused: {
    throws: true,
    kind: 'errors and retries',
    use: ({ second }) => second.chat(ask),
    bends: [{ status: 400 }],
    events: [{ status: 'error', usage: 'none' }],
  },
  'twenty at once': twentyAtOnce(async ({ second }) => (await second.chat(ask)).usage),
};
