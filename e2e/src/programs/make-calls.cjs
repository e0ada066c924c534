// Makes the calls of CALLS, all at once, each for its own customer, and tells what came of them.
const { Agent } = require('node:http');

/** For openai 4, which speaks through node:http; what goes through fetch has one connection anyway. */
exports.clientOptions = process.env.ONE_SOCKET ? { httpAgent: new Agent({ keepAlive: true, maxSockets: 1 }) } : {};

/** One call after another would prove little: all are under way together, over one connection per provider. */
exports.makeCalls = async ({ openai, pinecone, withCustomer }) => {
  const calls = JSON.parse(process.env.CALLS);
  const index = pinecone.index('docs');
  return Promise.all(calls.map((call) => withCustomer(call.customer, () => MAKE[call.make]({ openai, index, call }))));
};

const wordsOf = (count) => Array.from({ length: count }, (_, number) => `word${number}`).join(' ');
const chatOf = (call) => ({
  model: call.model,
  messages: [{ role: 'user', content: wordsOf(call.input) }],
  max_completion_tokens: call.output,
});

const MAKE = {
  chat: async ({ openai, call }) => (await openai.chat.completions.create(chatOf(call))).usage.completion_tokens,
  stream: async ({ openai, call }) => {
    const stream = await openai.chat.completions.create({ ...chatOf(call), stream: true, stream_options: { include_usage: true } });
    let words = '';
    for await (const chunk of stream) words += chunk.choices[0]?.delta.content ?? '';
    return words.split(' ').length;
  },
  respond: async ({ openai, call }) => {
    const body = { model: call.model, input: wordsOf(call.input), max_output_tokens: call.output };
    return (await openai.responses.create(body)).usage.output_tokens;
  },
  embed: async ({ openai, call }) => {
    const { data } = await openai.embeddings.create({ model: call.model, input: wordsOf(call.input), dimensions: 4 });
    return data[0].embedding.length;
  },
  upsert: async ({ index, call }) => {
    await index.namespace(call.customer).upsert({ records: [{ id: 'one', values: [1, 0, 0, 0] }] });
    return 'upserted';
  },
  query: async ({ index, call }) => {
    const { usage } = await index.namespace(call.customer).query({ vector: [1, 0, 0, 0], topK: 1 });
    return usage.readUnits;
  },
};
