import { readAll } from './read-all.mjs';
import { twentyAtOnce } from './twenty-at-once.mjs';

export const modules = ['ai', '@ai-sdk/openai', '@opentelemetry/sdk-trace-base'];
export const providers = ['openai'];
export const usual = { provider: 'openai', kind: 'llm', operation: 'chat', model: 'gpt-4o-2024-08-06', usage: { input: 6, output: 20 } };

export function connect(loaded) {
  const { openai: url } = JSON.parse(process.env.URLS);
  const openai = loaded['@ai-sdk/openai'].createOpenAI({ apiKey: 'sk-fake', baseURL: `${url}/v1`, compatibility: 'strict' });
  // What a call may put out was renamed in version 5.
  const limit = JSON.parse(process.env.CAN).includes('maxOutputTokens') ? { maxOutputTokens: 20 } : { maxTokens: 20 };
  const ask = { model: openai.chat('gpt-4o'), prompt: 'How much does acme cost, naïvely?', ...limit, maxRetries: 1 };
  return { ai: loaded.ai, openai, ask, limit, telemetry: loaded['@opentelemetry/sdk-trace-base'] };
}

const responds = { operation: 'responses' };

/** Spans that the app has made for a backend of its own, and that `llmobserve/otel` reads too. */
async function traceWith(telemetry) {
  const names = [];
  const own = {
    onStart: () => undefined,
    onEnd: ({ name }) => void names.push(name),
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
  const spanProcessors = process.env.HAS_SDK ? [own, (await import('llmobserve/otel')).createSpanProcessor()] : [own];
  const tracer = new telemetry.BasicTracerProvider({ spanProcessors }).getTracer('app');
  return { names, experimental_telemetry: { isEnabled: true, tracer } };
}

export const cases = {
  'generated text': {
    isBrief: true,
    kind: 'text',
    use: async ({ ai, ask }) => {
      const { text, usage, finishReason } = await ai.generateText(ask);
      return { text, usage, finishReason };
    },
    events: [{}],
  },
  'generated response': {
    kind: 'text',
    use: async ({ ai, ask, openai }) => (await ai.generateText({ ...ask, model: openai.responses('gpt-4o') })).text,
    events: [responds],
  },
  'streamed text': {
    isBrief: true,
    kind: 'streams',
    use: async ({ ai, ask }) => {
      const { textStream, usage } = ai.streamText(ask);
      return [await readAll(textStream), await usage];
    },
    events: [{ streamed: true }],
  },
  'streamed response': {
    kind: 'streams',
    use: async ({ ai, ask, openai }) => readAll(ai.streamText({ ...ask, model: openai.responses('gpt-4o') }).textStream),
    events: [{ ...responds, streamed: true }],
  },
  'generated object': {
    kind: 'objects',
    use: async ({ ai, ask }) => {
      const schema = ai.jsonSchema({
        type: 'object',
        properties: { total: { type: 'number' } },
        required: ['total'],
        additionalProperties: false,
      });
      return (await ai.generateObject({ ...ask, schema })).object;
    },
    events: [{}],
  },
  'beside OpenTelemetry': {
    needs: ['spans'],
    kind: 'OpenTelemetry',
    use: async ({ ai, ask, telemetry }) => {
      const { names, experimental_telemetry } = await traceWith(telemetry);
      return [(await ai.generateText({ ...ask, experimental_telemetry })).text, names];
    },
    events: [{}],
  },
  'stream beside OpenTelemetry': {
    needs: ['spans'],
    kind: 'OpenTelemetry',
    use: async ({ ai, ask, telemetry }) => {
      const { names, experimental_telemetry } = await traceWith(telemetry);
      return [await readAll(ai.streamText({ ...ask, experimental_telemetry }).textStream), names];
    },
    events: [{ streamed: true }],
  },
  embedding: {
    kind: 'embeddings',
    use: async ({ ai, openai }) => {
      const embedder = openai.embedding ?? openai.textEmbeddingModel;
      return (await ai.embed({ model: embedder('text-embedding-3-small'), value: 'one two three' })).embedding.length;
    },
    events: [{ kind: 'embedding', operation: 'embeddings', model: 'text-embedding-3-small', usage: { input: 3 } }],
  },
  'broken off': {
    isBrief: true,
    kind: 'left streams',
    use: async ({ ai, ask }) => {
      const controller = new AbortController();
      const { textStream } = ai.streamText({ ...ask, abortSignal: controller.signal, onError: () => undefined });
      try {
        for await (const text of textStream) {
          controller.abort();
          return text;
        }
      } catch (error) {
        return error.name;
      }
    },
    bends: [{ hangAfterPieces: 6, pauseMs: 20 }],
    events: [{ streamed: true, usage: 'estimated', status: 'cancelled' }],
  },
  refused: {
    throws: true,
    kind: 'errors and retries',
    use: ({ ai, ask }) => ai.generateText(ask),
    bends: [{ status: 401 }],
    events: [{ status: 'error', usage: 'none', model: undefined }],
  },
  retried: {
    kind: 'errors and retries',
    use: async ({ ai, ask }) => (await ai.generateText(ask)).text,
    bends: [{ status: 429, retryAfterMs: 1 }],
    events: [{ attempts: 2 }],
  },
  'twenty at once': twentyAtOnce(async ({ ai, ask }) => (await ai.generateText(ask)).usage),
};
