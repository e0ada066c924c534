import { readAll } from '../read-all.mjs';

const embeds = { kind: 'embedding', operation: 'embeddings', model: 'text-embedding-3-small' };
const responds = { operation: 'responses', model: 'gpt-4.1-2025-04-14', usage: { input: 2, output: 12 } };
const respondsTo = { model: 'gpt-4.1', input: 'Hello there', max_output_tokens: 12 };

export const otherCases = {
  embeddings: {
    kind: 'embeddings',
    use: ({ openai }) => openai.embeddings.create({ model: 'text-embedding-3-small', input: ['one two', 'three'], dimensions: 8 }),
    events: [{ ...embeds, usage: { input: 3 } }],
  },
  moderation: {
    kind: 'free calls',
    use: ({ openai }) => openai.moderations.create({ input: 'hello' }),
    events: [{ kind: 'moderation', operation: 'moderations', model: undefined, usage: 'none' }],
  },
  models: { kind: 'free calls', use: async ({ openai }) => (await openai.models.list()).data.length, events: [] },
  response: {
    kind: 'responses',
    needs: ['responses'],
    use: ({ openai }) => openai.responses.create(respondsTo),
    events: [responds],
  },
  'streamed response': {
    kind: 'responses',
    needs: ['responses'],
    use: async ({ openai }) => readAll(await openai.responses.create({ ...respondsTo, stream: true })),
    events: [{ ...responds, streamed: true }],
  },
  'background response': {
    kind: 'background responses',
    needs: ['responses'],
    use: async ({ openai }) => {
      const begun = await openai.responses.create({ ...respondsTo, background: true });
      const looks = [begun];
      for (let look = 0; look < 4; look += 1) looks.push(await openai.responses.retrieve(begun.id));
      return looks;
    },
    events: [responds],
  },
  'response looked up again': {
    kind: 'background responses',
    needs: ['responses'],
    use: async ({ openai }) => {
      const { id } = await openai.responses.create(respondsTo);
      return [await openai.responses.retrieve(id), await openai.responses.retrieve(id)];
    },
    events: [responds],
  },
  'response helper': {
    kind: 'helpers',
    needs: ['response helpers'],
    use: async ({ openai }) => {
      const seen = [];
      const stream = openai.responses.stream(respondsTo).on('response.output_text.delta', ({ delta }) => seen.push(delta));
      return [(await stream.finalResponse()).id, seen];
    },
    events: [{ ...responds, streamed: true }],
  },
  'background response that is cancelled': {
    kind: 'background responses',
    needs: ['response helpers'],
    use: async ({ openai }) => {
      const { id } = await openai.responses.create({ ...respondsTo, background: true });
      return [(await openai.responses.cancel(id)).status, (await openai.responses.retrieve(id)).status];
    },
    events: [{ ...responds, status: 'cancelled', usage: undefined }],
  },
  'background responses polled side by side': {
    kind: 'background responses',
    needs: ['responses'],
    isConcurrent: true,
    use: async ({ openai }) => {
      const { id } = await openai.responses.create({ ...respondsTo, background: true });
      await openai.responses.retrieve(id);
      return (await Promise.all(Array.from({ length: 5 }, () => openai.responses.retrieve(id)))).map(({ status }) => status);
    },
    events: [responds],
  },
};
