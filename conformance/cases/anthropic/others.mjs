import { readAll } from '../read-all.mjs';
import { ask } from './asks.mjs';

export const otherCases = {
  'token count': {
    kind: 'free calls',
    use: ({ anthropic }) => anthropic.messages.countTokens({ model: ask.model, messages: ask.messages }),
    events: [{ operation: 'count_tokens', usage: 'none', model: undefined }],
  },
  'batch, its results read twice': {
    kind: 'batches',
    use: async ({ anthropic }) => {
      const { batches } = anthropic.messages;
      const requests = ['a', 'b', 'fails'].map((custom_id) => ({ custom_id, params: ask }));
      const { id } = await batches.create({ requests });
      const seen = [await batches.retrieve(id), await batches.retrieve(id)];
      for (let time = 0; time < 2; time += 1) seen.push(await readAll(await batches.results(id)));
      return seen;
    },
    events: [{ kind: 'batch', operation: 'batch', serviceTier: 'batch', usage: { input: 12, output: 16 } }],
  },
  'completion of old': {
    needs: ['completions'],
    kind: 'completions',
    use: ({ anthropic }) =>
      anthropic.completions.create({ model: 'claude-2.1', max_tokens_to_sample: 8, prompt: '\n\nHuman: How much?\n\nAssistant:' }),
    events: [{ operation: 'completions', model: 'claude-2.1', usage: 'estimated' }],
  },
};
