import { readAll } from './read-all.mjs';
import { twentyAtOnce } from './twenty-at-once.mjs';

export const modules = ['@google/genai'];
export const providers = ['google'];
export const usual = { provider: 'google', kind: 'llm', operation: 'chat', model: 'gemini-2.0-flash', usage: { input: 6, output: 20 } };

export function connect(loaded) {
  const { GoogleGenAI } = loaded['@google/genai'];
  const { google: baseUrl } = JSON.parse(process.env.URLS);
  const httpOptions = { baseUrl };
  return {
    google: new GoogleGenAI({ apiKey: 'fake', httpOptions }),
    vertex: new GoogleGenAI({ vertexai: true, apiKey: 'fake', httpOptions }),
  };
}

const ask = { model: 'gemini-2.0-flash', contents: 'How much does acme cost, naïvely?', config: { maxOutputTokens: 20 } };
const streams = [{ streamed: true }];
const estimated = [{ streamed: true, usage: 'estimated', status: undefined }];
const tool = {
  functionDeclarations: [{ name: 'look_up', parametersJsonSchema: { type: 'object', properties: { total: { type: 'number' } } } }],
};
const image = { inlineData: { mimeType: 'image/png', data: 'AAAA' } };
const sound = { inlineData: { mimeType: 'audio/wav', data: 'AAAA' } };

export const cases = {
  content: { isBrief: true, kind: 'chat', use: ({ google }) => google.models.generateContent(ask), events: [{}] },
  'content that thinks': {
    kind: 'chat',
    use: ({ google }) => google.models.generateContent({ ...ask, model: 'gemini-2.5-pro' }),
    events: [{ model: 'gemini-2.5-pro', usage: { input: 6, output: 20, reasoning: 40 } }],
  },
  'content with pictures and sound': {
    kind: 'chat',
    use: ({ google }) =>
      google.models.generateContent({ ...ask, contents: [{ role: 'user', parts: [{ text: 'one two' }, image, sound] }] }),
    events: [{ usage: { input: 2, imageInput: 258, audioInput: 64, output: 20 } }],
  },
  'content from a cache': {
    kind: 'chat',
    use: ({ google }) => google.models.generateContent({ ...ask, config: { ...ask.config, cachedContent: 'cachedContents/one' } }),
    events: [{ usage: { input: 3, cachedInput: 3, output: 20 } }],
  },
  'content with tools': {
    kind: 'chat',
    use: ({ google }) => google.models.generateContent({ ...ask, config: { ...ask.config, tools: [tool] } }),
    events: [{}],
  },
  'content at Vertex AI': {
    kind: 'Vertex AI',
    use: ({ vertex }) => vertex.models.generateContent(ask),
    events: [{ provider: undefined }],
  },
  'stream at Vertex AI': {
    kind: 'Vertex AI',
    use: async ({ vertex }) => readAll(await vertex.models.generateContentStream(ask)),
    events: [{ provider: undefined, streamed: true }],
  },
  chat: {
    kind: 'helpers',
    use: async ({ google }) =>
      (await google.chats.create({ model: ask.model, config: ask.config }).sendMessage({ message: ask.contents })).text,
    events: [{}],
  },
  stream: {
    isBrief: true,
    kind: 'streams',
    use: async ({ google }) => readAll(await google.models.generateContentStream(ask)),
    events: streams,
  },
  'stream that thinks': {
    kind: 'streams',
    use: async ({ google }) => readAll(await google.models.generateContentStream({ ...ask, model: 'gemini-2.5-pro' })),
    events: [{ streamed: true, model: 'gemini-2.5-pro', usage: { input: 6, output: 20, reasoning: 40 } }],
  },
  'broken off': {
    isBrief: true,
    kind: 'left streams',
    use: async ({ google }) => {
      for await (const chunk of await google.models.generateContentStream(ask)) return chunk.text;
    },
    // The client leaves its connection open, so the provider has to end the answer for the process to end at all.
    bends: [{ pauseMs: 5 }],
    events: [{ streamed: true, usage: 'some', status: undefined }],
  },
  aborted: {
    kind: 'left streams',
    use: async ({ google }) => {
      const controller = new AbortController();
      const config = { ...ask.config, abortSignal: controller.signal };
      const seen = [];
      const stream = await google.models.generateContentStream({ ...ask, config });
      try {
        for await (const chunk of stream) if (seen.push(chunk.text) === 2) controller.abort();
      } catch (error) {
        seen.push(error.name);
      }
      return seen;
    },
    bends: [{ hangAfterPieces: 3, pauseMs: 20 }],
    events: estimated,
  },
  'cut by the provider': {
    throws: true,
    kind: 'broken streams',
    use: async ({ google }) => readAll(await google.models.generateContentStream(ask)),
    bends: [{ resetAfterPieces: 3 }],
    events: [{ streamed: true, usage: 'estimated', status: 'error' }],
  },
  'gzip stream': {
    kind: 'encodings',
    use: async ({ google }) => readAll(await google.models.generateContentStream(ask)),
    bends: [{ compress: 'gzip', pieceBytes: 11 }],
    events: streams,
  },
  'split anywhere': {
    kind: 'encodings',
    use: async ({ google }) => readAll(await google.models.generateContentStream(ask)),
    bends: [{ pieceBytes: 1 }],
    events: streams,
  },
  refused: {
    throws: true,
    kind: 'errors and retries',
    use: ({ google }) => google.models.generateContent(ask),
    bends: [{ status: 400 }],
    events: [{ status: 'error', usage: 'none', model: undefined }],
  },
  embeddings: {
    kind: 'embeddings',
    use: ({ google }) => google.models.embedContent({ model: 'gemini-embedding-001', contents: 'one two three' }),
    events: [{ kind: 'embedding', operation: 'embeddings', model: undefined, usage: undefined, usageQuality: undefined }],
  },
  pictures: {
    needs: ['pictures'],
    kind: 'images',
    use: async ({ google }) => {
      const made = await google.models.generateImages({
        model: 'imagen-4.0-generate-001',
        prompt: 'a ledger',
        config: { numberOfImages: 2 },
      });
      return made.generatedImages.length;
    },
    events: [{ provider: undefined, kind: 'image', operation: 'images', model: undefined, usage: { images: 2 }, usageQuality: undefined }],
  },
  'token count': {
    kind: 'free calls',
    use: ({ google }) => google.models.countTokens({ model: ask.model, contents: ask.contents }),
    events: [{ operation: 'count_tokens', usage: 'none', model: undefined }],
  },
  'twenty at once': twentyAtOnce(
    async ({ google }, number) => (await google.models.generateContent({ ...ask, config: { maxOutputTokens: number + 1 } })).usageMetadata,
    (number) => ({ usage: { input: 6, output: number + 1 } }),
  ),
};
