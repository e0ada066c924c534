import { readAll } from '../read-all.mjs';
import { twentyAtOnce } from '../twenty-at-once.mjs';
import { ask, counted, failed, one, streams } from './asks.mjs';

export const hardshipCases = {
  ...Object.fromEntries(
    ['gzip', 'br', 'deflate'].flatMap((compress) => [
      [compress, { kind: 'encodings', use: ({ openai }) => openai.chat.completions.create(ask), bends: [{ compress }], events: one }],
      [
        `${compress} stream`,
        {
          kind: 'encodings',
          use: async ({ openai }) => readAll(await openai.chat.completions.create(counted)),
          bends: [{ compress, pieceBytes: 11 }],
          events: streams,
        },
      ],
    ]),
  ),
  'split anywhere': {
    kind: 'encodings',
    use: async ({ openai }) => readAll(await openai.chat.completions.create(counted)),
    bends: [{ pieceBytes: 1 }],
    events: streams,
  },
  refused: {
    throws: true,
    kind: 'errors and retries',
    use: ({ openai }) => openai.chat.completions.create(ask),
    bends: [{ status: 401 }],
    events: failed,
  },
  'retried after 429': {
    isBrief: true,
    kind: 'errors and retries',
    use: ({ openai }) => openai.chat.completions.create(ask),
    bends: [{ status: 429, retryAfterMs: 1 }],
    events: [{ attempts: 2 }],
  },
  'failed twice': {
    throws: true,
    kind: 'errors and retries',
    use: ({ openai }) => openai.chat.completions.create(ask),
    bends: [
      { status: 500, retryAfterMs: 1 },
      { status: 503, retryAfterMs: 1 },
    ],
    events: [{ ...failed[0], attempts: 2 }],
  },
  'retried stream': {
    kind: 'errors and retries',
    use: async ({ openai }) => readAll(await openai.chat.completions.create(counted)),
    bends: [{ status: 429, retryAfterMs: 1 }],
    events: [{ streamed: true, attempts: 2 }],
  },
  'retried after a timeout': {
    kind: 'errors and retries',
    use: ({ openai }) => openai.chat.completions.create(ask, { timeout: 400 }),
    bends: [{ delayMs: 1500 }],
    events: [{ attempts: 2 }],
  },
  'too slow': {
    throws: true,
    kind: 'errors and retries',
    use: ({ openai }) => openai.chat.completions.create(ask, { timeout: 300, maxRetries: 0 }),
    bends: [{ delayMs: 1500 }],
    events: [{ status: undefined, usage: undefined, model: undefined }],
  },
  'twenty at once': twentyAtOnce(
    async ({ openai }, number) => (await openai.chat.completions.create({ ...ask, max_completion_tokens: number + 1 })).usage,
    (number) => ({ usage: { input: 6, output: number + 1 } }),
  ),
};
