import { ask, counted, one, streams, structured, tool } from './asks.mjs';

const wordsOf = (count) => Array.from({ length: count }, (_, number) => `word${number}`).join(' ');
const audio = { model: 'gpt-4o-audio-preview', modalities: ['text', 'audio'], audio: { voice: 'alloy', format: 'wav' } };
const heard = [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } }] }];

export const answerCases = {
  chat: { isBrief: true, kind: 'chat', use: ({ openai }) => openai.chat.completions.create(ask), events: one },
  'chat with cached tokens': {
    kind: 'chat',
    use: ({ openai }) => openai.chat.completions.create({ ...ask, messages: [{ role: 'user', content: wordsOf(1500) }] }),
    events: [{ usage: { input: 860, cachedInput: 640, output: 20 } }],
  },
  'chat that reasons': {
    kind: 'chat',
    use: ({ openai }) => openai.chat.completions.create({ ...ask, model: 'gpt-5', reasoning_effort: 'low', max_completion_tokens: 100 }),
    events: [{ model: 'gpt-5-2025-08-07', usage: { input: 6, output: 36, reasoning: 64 } }],
  },
  'chat with audio': {
    kind: 'chat',
    use: ({ openai }) => openai.chat.completions.create({ ...ask, ...audio, messages: heard }),
    events: [{ model: 'gpt-4o-audio-preview-2024-12-17', usage: { audioInput: 50, output: 10, audioOutput: 10 } }],
  },
  'chat of a served tier': {
    kind: 'chat',
    use: ({ openai }) => openai.chat.completions.create({ ...ask, service_tier: 'flex' }),
    events: [{ serviceTier: 'flex' }],
  },
  'chat with tools': { kind: 'chat', use: ({ openai }) => openai.chat.completions.create({ ...ask, tools: [tool] }), events: one },
  'chat with a schema': {
    kind: 'chat',
    use: ({ openai }) => openai.chat.completions.create({ ...ask, response_format: structured }),
    events: one,
  },
  'with response': {
    kind: 'raw responses',
    use: async ({ openai }) => {
      const { data, response } = await openai.chat.completions.create(ask).withResponse();
      return { data, status: response.status, id: response.headers.get('x-request-id'), is: response.constructor.name };
    },
    events: one,
  },
  'as response': {
    kind: 'raw responses',
    use: async ({ openai }) => {
      const response = await openai.chat.completions.create(ask).asResponse();
      return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
    },
    events: one,
  },
  'stream as response': {
    kind: 'raw responses',
    use: async ({ openai }) => (await openai.chat.completions.create(counted).asResponse()).text(),
    events: streams,
  },
  'awaited twice': {
    kind: 'raw responses',
    use: async ({ openai }) => {
      const promise = openai.chat.completions.create(ask);
      const [first, second] = [await promise, await promise];
      return [first, first === second];
    },
    events: one,
  },
  'stream helper': {
    kind: 'helpers',
    use: async ({ openai }) => {
      const chat = openai.chat.completions.stream ? openai.chat : openai.beta.chat;
      const { stream: _stream, ...body } = counted;
      const runner = chat.completions.stream(body);
      const seen = [];
      runner.on('content', (delta) => seen.push(delta));
      return [await runner.finalChatCompletion(), seen];
    },
    events: streams,
  },
  'parse helper': {
    kind: 'helpers',
    use: ({ openai }) => {
      const chat = openai.chat.completions.parse ? openai.chat : openai.beta.chat;
      return chat.completions.parse({
        ...ask,
        response_format: structured,
      });
    },
    events: one,
  },
  'tool runner': {
    kind: 'helpers',
    use: async ({ openai }) => {
      const chat = openai.chat.completions.runTools ? openai.chat : openai.beta.chat;
      const looked = { ...tool.function, function: () => 'twelve dollars', parse: JSON.parse };
      const runner = chat.completions.runTools({
        ...ask,
        max_completion_tokens: undefined,
        tools: [{ type: 'function', function: looked }],
      });
      return [await runner.finalContent(), runner.messages.length];
    },
    events: [{ usage: undefined }, { usage: undefined }],
  },
};
