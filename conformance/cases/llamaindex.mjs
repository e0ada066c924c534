import { readAll } from './read-all.mjs';
import { twentyAtOnce } from './twenty-at-once.mjs';

export const modules = ['@llamaindex/openai', 'llamaindex'];
export const providers = ['openai'];
export const usual = { provider: 'openai', kind: 'llm', operation: 'chat', model: 'gpt-4o-2024-08-06', usage: { input: 6, output: 20 } };

export function connect(loaded) {
  const { OpenAI, OpenAIEmbedding } = loaded['@llamaindex/openai'];
  const { openai: url } = JSON.parse(process.env.URLS);
  const options = { apiKey: 'sk-fake', baseURL: `${url}/v1`, maxRetries: 1 };
  return {
    llama: loaded.llamaindex,
    chat: new OpenAI({ ...options, model: 'gpt-4o', maxTokens: 20 }),
    embedder: new OpenAIEmbedding({ ...options, model: 'text-embedding-3-small' }),
  };
}

const messages = [{ role: 'user', content: 'How much does acme cost, naïvely?' }];
const embeds = { kind: 'embedding', operation: 'embeddings', model: 'text-embedding-3-small' };

export const cases = {
  chat: { isBrief: true, kind: 'chat', use: async ({ chat }) => (await chat.chat({ messages })).message, events: [{}] },
  stream: {
    isBrief: true,
    kind: 'streams',
    use: async ({ chat }) => (await readAll(await chat.chat({ messages, stream: true }))).map((chunk) => chunk.delta),
    events: [{ streamed: true, usage: 'some' }],
  },
  embedding: {
    kind: 'embeddings',
    use: async ({ embedder }) => (await embedder.getTextEmbedding('one two three')).length,
    events: [{ ...embeds, usage: { input: 3 } }],
  },
  'query of an index': {
    kind: 'queries',
    use: async ({ llama, chat, embedder }) => {
      const { Document, Settings, VectorStoreIndex } = llama;
      Settings.llm = chat;
      Settings.embedModel = embedder;
      const index = await VectorStoreIndex.fromDocuments([new Document({ text: 'Acme costs twelve dollars.', id_: 'one' })]);
      return (await index.asQueryEngine().query({ query: 'How much?' })).message.content;
    },
    events: [{ ...embeds, usage: { input: 4 } }, { ...embeds, usage: { input: 2 } }, { usage: 'some' }],
  },
  'twenty at once': twentyAtOnce(async ({ chat }) => (await chat.chat({ messages })).message.role),
};
