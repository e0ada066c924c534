import { readAll } from '../read-all.mjs';
import { ask, streamed, streams, tool } from './asks.mjs';

const cancelled = [{ streamed: true, usage: 'estimated', status: 'cancelled' }];
const broken = [{ streamed: true, usage: 'estimated', status: 'error' }];
const cached = [{ type: 'text', text: 'a system that is cached for an hour', cache_control: { type: 'ephemeral', ttl: '1h' } }];

export const streamCases = {
  stream: {
    isBrief: true,
    kind: 'streams',
    use: async ({ anthropic }) => readAll(await anthropic.messages.create(streamed)),
    events: streams,
  },
  'stream of tool calls': {
    kind: 'streams',
    use: async ({ anthropic }) => readAll(await anthropic.messages.create({ ...streamed, tools: [tool] })),
    events: [{ streamed: true, usage: { input: 11, output: 8 } }],
  },
  'stream that fills a cache': {
    kind: 'cache writes and reads',
    use: async ({ anthropic }) => readAll(await anthropic.messages.create({ ...streamed, system: cached })),
    events: [{ streamed: true, usage: { input: 6, cacheWrite1h: 8, output: 8 } }],
  },
  'stream teed': {
    kind: 'streams',
    use: async ({ anthropic }) => Promise.all((await anthropic.messages.create(streamed)).tee().map(readAll)),
    events: streams,
  },
  'stream made readable': {
    kind: 'streams',
    use: async ({ anthropic }) => Buffer.concat(await readAll((await anthropic.messages.create(streamed)).toReadableStream())).toString(),
    events: streams,
  },
  'stream helper': {
    kind: 'helpers',
    use: async ({ anthropic }) => {
      const seen = [];
      const stream = anthropic.messages.stream(ask).on('text', (text) => seen.push(text));
      return [await stream.finalMessage(), seen];
    },
    events: streams,
  },
  'broken off': {
    isBrief: true,
    kind: 'left streams',
    use: async ({ anthropic }) => {
      for await (const event of await anthropic.messages.create(streamed)) if (event.type === 'content_block_delta') return event;
    },
    bends: [{ hangAfterPieces: 6 }],
    events: cancelled,
  },
  aborted: {
    kind: 'left streams',
    use: async ({ anthropic }) => {
      const controller = new AbortController();
      const stream = await anthropic.messages.create(streamed, { signal: controller.signal });
      const seen = [];
      for await (const event of stream) if (seen.push(event) === 3) controller.abort();
      return seen;
    },
    bends: [{ hangAfterPieces: 6, pauseMs: 20 }],
    events: cancelled,
  },
  'cut by the provider': {
    throws: true,
    kind: 'broken streams',
    use: async ({ anthropic }) => readAll(await anthropic.messages.create(streamed)),
    bends: [{ resetAfterPieces: 5 }],
    events: broken,
  },
  'error in the stream': {
    throws: true,
    kind: 'broken streams',
    use: async ({ anthropic }) => readAll(await anthropic.messages.create(streamed)),
    bends: [{ errorAfterPieces: 5 }],
    events: broken,
  },
};
