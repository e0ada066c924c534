import { ask, one, tool } from './asks.mjs';

const wordsOf = (count) => Array.from({ length: count }, (_, number) => `word${number}`).join(' ');
const cachedFor = (name, ttl) => [{ type: 'text', text: `${name} ${wordsOf(99)}`, cache_control: { type: 'ephemeral', ...ttl } }];
const twice = async ({ anthropic }, body) => [await anthropic.messages.create(body), await anthropic.messages.create(body)];

export const messageCases = {
  message: { isBrief: true, kind: 'messages', use: ({ anthropic }) => anthropic.messages.create(ask), events: one },
  'cached for five minutes': {
    kind: 'cache writes and reads',
    use: (clients) => twice(clients, { ...ask, system: cachedFor('short', {}) }),
    events: [{ usage: { input: 6, cacheWrite5m: 100, output: 8 } }, { usage: { input: 6, cachedInput: 100, output: 8 } }],
  },
  'cached for an hour': {
    kind: 'cache writes and reads',
    use: (clients) => twice(clients, { ...ask, system: cachedFor('long', { ttl: '1h' }) }),
    events: [{ usage: { input: 6, cacheWrite1h: 100, output: 8 } }, { usage: { input: 6, cachedInput: 100, output: 8 } }],
  },
  'message that thinks': {
    kind: 'messages',
    use: ({ anthropic }) => anthropic.messages.create({ ...ask, max_tokens: 32, thinking: { type: 'enabled', budget_tokens: 24 } }),
    events: [{ usage: { input: 6, output: 8, reasoning: 24 } }],
  },
  'message with tools': {
    kind: 'messages',
    use: ({ anthropic }) => anthropic.messages.create({ ...ask, tools: [tool] }),
    events: [{ usage: { input: 11, output: 8 } }],
  },
  'beta message': { kind: 'messages', use: ({ anthropic }) => anthropic.beta.messages.create(ask), events: one },
  'with response': {
    kind: 'raw responses',
    use: async ({ anthropic }) => {
      const { data, response } = await anthropic.messages.create(ask).withResponse();
      return { data, status: response.status, id: response.headers.get('request-id') };
    },
    events: one,
  },
  'as response': {
    kind: 'raw responses',
    use: async ({ anthropic }) => (await anthropic.messages.create(ask).asResponse()).text(),
    events: one,
  },
  'awaited twice': {
    kind: 'raw responses',
    use: async ({ anthropic }) => {
      const promise = anthropic.messages.create(ask);
      const [first, second] = [await promise, await promise];
      return [first, first === second];
    },
    events: one,
  },
};
