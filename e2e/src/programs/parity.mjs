// Uses the clients in every manner an app may, one after the other, and tells all that an app can see of it.
import { Pinecone } from '@pinecone-database/pinecone';
import OpenAI from 'openai';

let run = (fn) => fn();
if (process.env.WITH_SDK) {
  const { init, withCustomer } = await import('llmobserve');
  init({ flushIntervalMs: 20 });
  run = (fn) => withCustomer('acme', fn);
}

const openai = new OpenAI({ maxRetries: 1 });
const index = new Pinecone().index('docs').namespace('acme');
const messages = [{ role: 'user', content: 'How much does acme cost, naïvely?' }];
const body = { model: 'gpt-4o', messages, max_completion_tokens: 20 };
const streamed = { ...body, stream: true };
const schema = { type: 'object', properties: { total: { type: 'number' } }, required: ['total'], additionalProperties: false };
const tool = { type: 'function', function: { name: 'look_up', parameters: schema } };

/** In this order, so that the test can bend the answer of each: BENDS in parity.test.ts. */
const CASES = {
  plain: () => openai.chat.completions.create(body),
  rawResponse: async () => {
    const response = await openai.chat.completions.create(body).asResponse();
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  },
  withResponse: async () => {
    const { data, response } = await openai.chat.completions.create(body).withResponse();
    return { data, status: response.status, id: response.headers.get('x-request-id') };
  },
  awaitedTwice: async () => {
    const promise = openai.chat.completions.create(body);
    return [await promise, await promise];
  },
  stream: async () => Array.fromAsync(await openai.chat.completions.create(streamed)),
  streamWithUsage: async () =>
    Array.fromAsync(await openai.chat.completions.create({ ...streamed, stream_options: { include_usage: true } })),
  teed: async () => {
    const [left, right] = (await openai.chat.completions.create(streamed)).tee();
    return Promise.all([Array.fromAsync(left), Array.fromAsync(right)]);
  },
  readable: async () => {
    const stream = (await openai.chat.completions.create(streamed)).toReadableStream();
    return Buffer.concat(await Array.fromAsync(stream)).toString();
  },
  brokenOff: async () => {
    for await (const chunk of await openai.chat.completions.create(streamed)) return chunk;
  },
  aborted: async () => {
    const controller = new AbortController();
    const stream = await openai.chat.completions.create(streamed, { signal: controller.signal });
    const seen = [];
    for await (const chunk of stream) {
      seen.push(chunk);
      controller.abort();
    }
    return seen;
  },
  tools: () => openai.chat.completions.create({ ...body, tools: [tool] }),
  structured: () =>
    openai.chat.completions.create({ ...body, response_format: { type: 'json_schema', json_schema: { name: 'sum', schema } } }),
  embeddings: () => openai.embeddings.create({ model: 'text-embedding-3-small', input: ['one two', 'three'], dimensions: 8 }),
  moderation: () => openai.moderations.create({ input: 'hello' }),
  models: async () => (await openai.models.list()).data.length,
  gzip: () => openai.chat.completions.create(body),
  brotli: async () => Array.fromAsync(await openai.chat.completions.create(streamed)),
  splitAnywhere: async () => Array.fromAsync(await openai.chat.completions.create(streamed)),
  unauthorised: () => openai.chat.completions.create(body),
  retried: () => openai.chat.completions.create(body),
  failedTwice: () => openai.chat.completions.create(body),
  errorInStream: async () => Array.fromAsync(await openai.chat.completions.create(streamed)),
  malformed: () => openai.chat.completions.create(body),
  reset: async () => Array.fromAsync(await openai.chat.completions.create(streamed)),
  tooSlow: () => openai.chat.completions.create(body, { timeout: 30, maxRetries: 0 }),
  ...(openai.responses?.create && !process.env.WITHOUT_RESPONSES
    ? {
        response: () => openai.responses.create({ model: 'gpt-4.1', input: 'Hello there' }),
        streamedResponse: async () => Array.fromAsync(await openai.responses.create({ model: 'gpt-4.1', input: 'Hello', stream: true })),
        background: async () => {
          const begun = await openai.responses.create({ model: 'gpt-4.1', input: 'Hello', background: true });
          return [begun, await openai.responses.retrieve(begun.id), await openai.responses.retrieve(begun.id)];
        },
      }
    : {}),
  upsert: () => index.upsert({ records: [{ id: 'one', values: [1, 0], metadata: { title: 'One' } }] }),
  query: () => index.query({ vector: [1, 0], topK: 1, includeMetadata: true }),
  fetch: () => index.fetch({ ids: ['one', 'two'] }),
  stats: () => index.describeIndexStats(),
};

const results = {};
for (const [name, use] of Object.entries(CASES)) {
  results[name] = await run(async () => use()).then(
    (value) => ({ value }),
    (error) => ({ error: error.constructor.name, message: error.message, status: error.status, code: error.code }),
  );
}
console.log(JSON.stringify(results));
