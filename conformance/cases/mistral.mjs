import { readAll } from './read-all.mjs';
import { twentyAtOnce } from './twenty-at-once.mjs';

export const modules = ['@mistralai/mistralai'];
export const providers = ['mistral'];
export const named = providers;
export const usual = { provider: 'mistral', kind: 'llm', operation: 'chat', model: 'mistral-small-2506', usage: { input: 6, output: 20 } };

export function connect(loaded) {
  const { Mistral } = loaded['@mistralai/mistralai'];
  const { mistral: serverURL } = JSON.parse(process.env.URLS);
  return { mistral: new Mistral({ apiKey: 'fake', serverURL }) };
}

const ask = { model: 'mistral-small-2506', messages: [{ role: 'user', content: 'How much does acme cost, naïvely?' }], maxTokens: 20 };

export const cases = {
  chat: { isBrief: true, kind: 'chat', use: ({ mistral }) => mistral.chat.complete(ask), events: [{}] },
  stream: {
    isBrief: true,
    kind: 'streams',
    use: async ({ mistral }) => readAll(await mistral.chat.stream(ask)),
    events: [{ streamed: true }],
  },
  'fill in the middle': {
    kind: 'chat',
    use: ({ mistral }) => mistral.fim.complete({ model: 'codestral-2508', prompt: 'one two', suffix: 'three', maxTokens: 20 }),
    events: [{ operation: undefined, model: 'codestral-2508', usage: { input: 3, output: 20 } }],
  },
  embeddings: {
    kind: 'embeddings',
    use: async ({ mistral }) => (await mistral.embeddings.create({ model: 'mistral-embed', inputs: ['one two', 'three'] })).usage,
    events: [{ kind: 'embedding', operation: 'embeddings', model: 'mistral-embed', usage: { input: 3 } }],
  },
  document: {
    kind: 'documents',
    use: ({ mistral }) =>
      mistral.ocr.process({ model: 'mistral-ocr-2512', document: { type: 'document_url', documentUrl: 'https://example.com/a.pdf' } }),
    events: [{ kind: undefined, operation: undefined, model: 'mistral-ocr-2512', usage: { pages: 3 } }],
  },
  'broken off': {
    kind: 'left streams',
    use: async ({ mistral }) => {
      for await (const event of await mistral.chat.stream(ask)) if (event.data.choices[0].delta.content) return event.data.choices;
    },
    bends: [{ hangAfterPieces: 5 }],
    events: [{ streamed: true, usage: 'estimated', status: 'cancelled' }],
  },
  refused: {
    throws: true,
    kind: 'errors and retries',
    use: ({ mistral }) => mistral.chat.complete(ask),
    bends: [{ status: 400 }],
    events: [{ status: 'error', usage: 'none', model: undefined }],
  },
  'twenty at once': twentyAtOnce(async ({ mistral }) => (await mistral.chat.complete(ask)).usage),
};
