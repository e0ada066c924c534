import { readAll } from '../read-all.mjs';
import { ask, counted, estimates, streamed, streams, tool } from './asks.mjs';

const decode = async (stream) => Buffer.concat(await readAll(stream)).toString();
const cancelled = [{ streamed: true, usage: 'estimated', status: 'cancelled' }];

export const streamCases = {
  stream: {
    isBrief: true,
    kind: 'streams',
    use: async ({ openai }) => readAll(await openai.chat.completions.create(counted)),
    events: streams,
  },
  'stream without usage': {
    isBrief: true,
    kind: 'streams without usage',
    use: async ({ openai }) => readAll(await openai.chat.completions.create(streamed)),
    events: estimates,
  },
  'stream teed': {
    kind: 'streams',
    use: async ({ openai }) => Promise.all((await openai.chat.completions.create(counted)).tee().map(readAll)),
    events: streams,
  },
  'stream made readable': {
    kind: 'streams',
    use: async ({ openai }) => decode((await openai.chat.completions.create(counted)).toReadableStream()),
    events: streams,
  },
  'stream of tool calls': {
    kind: 'streams',
    use: async ({ openai }) => readAll(await openai.chat.completions.create({ ...counted, tools: [tool] })),
    events: streams,
  },
  'broken off': {
    isBrief: true,
    kind: 'left streams',
    use: async ({ openai }) => {
      for await (const chunk of await openai.chat.completions.create(streamed)) if (chunk.choices[0].delta.content) return chunk;
    },
    bends: [{ hangAfterPieces: 6 }],
    events: cancelled,
  },
  aborted: {
    kind: 'left streams',
    use: async ({ openai }) => {
      const controller = new AbortController();
      const stream = await openai.chat.completions.create(streamed, { signal: controller.signal });
      const seen = [];
      for await (const chunk of stream) if (seen.push(chunk) === 3) controller.abort();
      return seen;
    },
    bends: [{ hangAfterPieces: 6, pauseMs: 20 }],
    events: cancelled,
  },
  'aborted by the stream': {
    kind: 'left streams',
    use: async ({ openai }) => {
      const stream = await openai.chat.completions.create(streamed);
      const seen = [];
      for await (const chunk of stream) if (seen.push(chunk) === 3) stream.controller.abort();
      return seen;
    },
    bends: [{ hangAfterPieces: 6, pauseMs: 20 }],
    events: cancelled,
  },
  'aborted before the answer': {
    throws: true,
    kind: 'left streams',
    use: async ({ openai }) => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 200);
      return openai.chat.completions.create(ask, { signal: controller.signal });
    },
    bends: [{ delayMs: 1500 }],
    events: [{ status: 'cancelled', model: undefined, usage: undefined }],
  },
  'never read': {
    isBrief: true,
    kind: 'left streams',
    use: async ({ openai }) => (await openai.chat.completions.create(streamed)).constructor.name,
    events: [{ streamed: true, usage: 'estimated', status: undefined }],
  },
  'cut by the provider': {
    throws: true,
    kind: 'broken streams',
    use: async ({ openai }) => readAll(await openai.chat.completions.create(streamed)),
    bends: [{ resetAfterPieces: 5 }],
    events: [{ streamed: true, usage: 'estimated', status: 'error' }],
  },
  'error in the stream': {
    throws: true,
    kind: 'broken streams',
    use: async ({ openai }) => readAll(await openai.chat.completions.create(streamed)),
    bends: [{ errorAfterPieces: 4 }],
    events: [{ streamed: true, usage: 'estimated', status: 'error' }],
  },
  'malformed stream': {
    throws: true,
    kind: 'broken streams',
    use: async ({ openai }) => readAll(await openai.chat.completions.create(streamed)),
    // Held open, so that whoever stops reading leaves it, however busy the machine is.
    bends: [{ isMalformed: true, hangAfterPieces: 6 }],
    events: [{ streamed: true, usage: 'estimated', status: undefined }],
  },
  'malformed answer': {
    throws: true,
    kind: 'broken streams',
    use: ({ openai }) => openai.chat.completions.create(ask),
    bends: [{ isMalformed: true }],
    events: [{ usage: 'estimated', status: undefined, model: undefined }],
  },
  'long stream': {
    kind: 'large bodies',
    use: async ({ openai }) => (await readAll(await openai.chat.completions.create({ ...counted, max_completion_tokens: 5000 }))).length,
    bends: [{ pieceBytes: 3000 }],
    events: [{ streamed: true, usage: { input: 6, output: 5000 } }],
  },
  'long stream without usage': {
    kind: 'large bodies',
    use: async ({ openai }) => (await readAll(await openai.chat.completions.create({ ...streamed, max_completion_tokens: 5000 }))).length,
    bends: [{ pieceBytes: 3000 }],
    events: estimates,
  },
  'large prompt': {
    kind: 'large bodies',
    use: async ({ openai }) =>
      (await openai.chat.completions.create({ ...ask, messages: [{ role: 'user', content: 'word '.repeat(1_000_000) }] })).usage,
    events: [{ usage: { input: 500_032, cachedInput: 499_968, output: 20 } }],
  },
  'large prompt that is refused': {
    throws: true,
    kind: 'large bodies',
    use: ({ openai }) =>
      openai.chat.completions.create({ messages: [{ role: 'user', content: 'word '.repeat(1_000_000) }], model: 'gpt-4o' }),
    bends: [{ status: 400 }],
    events: [{ status: 'error', usage: 'none', model: undefined, requestedModel: 'gpt-4o' }],
  },
  'forty streams at once': {
    kind: 'side by side',
    isConcurrent: true,
    use: async ({ openai }, { withCustomer }) => {
      const one = async (number) =>
        (await readAll(await openai.chat.completions.create({ ...counted, max_completion_tokens: number + 5 }))).length;
      return Promise.all(Array.from({ length: 40 }, (_, number) => withCustomer(`stream ${number}`, () => one(number))));
    },
    events: Array.from({ length: 40 }, (_, number) => ({
      customer: `stream ${number}`,
      streamed: true,
      usage: { input: 6, output: number + 5 },
    })),
  },
};
