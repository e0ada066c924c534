import { readAll } from './read-all.mjs';
import { twentyAtOnce } from './twenty-at-once.mjs';

export const modules = ['@langchain/openai'];
export const providers = ['openai'];
export const usual = { provider: 'openai', kind: 'llm', operation: 'chat', model: 'gpt-4o-2024-08-06', usage: { input: 6, output: 20 } };

export function connect(loaded) {
  const { ChatOpenAI, OpenAIEmbeddings } = loaded['@langchain/openai'];
  const { openai: url } = JSON.parse(process.env.URLS);
  const configuration = { baseURL: `${url}/v1` };
  const options = { model: 'gpt-4o', apiKey: 'sk-fake', maxTokens: 20, maxRetries: 1, configuration };
  return {
    chat: new ChatOpenAI(options),
    uncounted: new ChatOpenAI({ ...options, streamUsage: false }),
    embeddings: new OpenAIEmbeddings({ apiKey: 'sk-fake', model: 'text-embedding-3-small', configuration }),
  };
}

const ask = 'How much does acme cost, naïvely?';

export const cases = {
  invoked: {
    isBrief: true,
    kind: 'chat',
    use: async ({ chat }) => {
      const { content, usage_metadata: usage } = await chat.invoke(ask);
      return { content, usage };
    },
    events: [{}],
  },
  streamed: {
    isBrief: true,
    kind: 'streams',
    use: async ({ chat }) => (await readAll(await chat.stream(ask))).map((chunk) => chunk.content),
    events: [{ streamed: true }],
  },
  'streamed without usage': {
    kind: 'streams without usage',
    use: async ({ uncounted }) => (await readAll(await uncounted.stream(ask))).map((chunk) => chunk.content),
    events: [{ streamed: true, usage: 'estimated' }],
  },
  batched: {
    kind: 'side by side',
    isConcurrent: true,
    use: async ({ chat }) => (await chat.batch([ask, ask, ask])).length,
    events: [{}, {}, {}],
  },
  structured: {
    kind: 'objects',
    use: ({ chat }) => {
      const schema = {
        title: 'sum',
        type: 'object',
        properties: { total: { type: 'number' } },
        required: ['total'],
        additionalProperties: false,
      };
      return chat.withStructuredOutput(schema).invoke(ask);
    },
    events: [{}],
  },
  embedded: {
    kind: 'embeddings',
    use: async ({ embeddings }) => (await embeddings.embedDocuments(['one two', 'three'])).length,
    events: [{ kind: 'embedding', operation: 'embeddings', model: 'text-embedding-3-small', usage: { input: 3 } }],
  },
  refused: {
    throws: true,
    kind: 'errors and retries',
    use: ({ chat }) => chat.invoke(ask),
    bends: [{ status: 401 }],
    events: [{ status: 'error', usage: 'none', model: undefined }],
  },
  retried: {
    kind: 'errors and retries',
    use: async ({ chat }) => (await chat.invoke(ask)).content,
    bends: [{ status: 500, retryAfterMs: 1 }],
    events: [{ attempts: 2 }],
  },
  'twenty at once': twentyAtOnce(async ({ chat }) => (await chat.invoke(ask)).usage_metadata),
};
