import { readAll } from '../read-all.mjs';
import { twentyAtOnce } from '../twenty-at-once.mjs';
import { ask, failed, one, streamed, streams } from './asks.mjs';

export const hardshipCases = {
  gzip: { kind: 'encodings', use: ({ anthropic }) => anthropic.messages.create(ask), bends: [{ compress: 'gzip' }], events: one },
  'gzip stream': {
    kind: 'encodings',
    use: async ({ anthropic }) => readAll(await anthropic.messages.create(streamed)),
    bends: [{ compress: 'gzip', pieceBytes: 11 }],
    events: streams,
  },
  'split anywhere': {
    kind: 'encodings',
    use: async ({ anthropic }) => readAll(await anthropic.messages.create(streamed)),
    bends: [{ pieceBytes: 1 }],
    events: streams,
  },
  refused: {
    throws: true,
    kind: 'errors and retries',
    use: ({ anthropic }) => anthropic.messages.create(ask),
    bends: [{ status: 401 }],
    events: failed,
  },
  'retried after 429': {
    isBrief: true,
    kind: 'errors and retries',
    use: ({ anthropic }) => anthropic.messages.create(ask),
    bends: [{ status: 429, retryAfterMs: 1 }],
    events: [{ attempts: 2 }],
  },
  'overloaded twice': {
    throws: true,
    kind: 'errors and retries',
    use: ({ anthropic }) => anthropic.messages.create(ask),
    bends: [
      { status: 529, retryAfterMs: 1 },
      { status: 529, retryAfterMs: 1 },
    ],
    events: [{ ...failed[0], attempts: 2 }],
  },
  'twenty at once': twentyAtOnce(
    async ({ anthropic }, number) => (await anthropic.messages.create({ ...ask, max_tokens: (number % 8) + 1 })).usage,
    (number) => ({ usage: { input: 6, output: (number % 8) + 1 } }),
  ),
};
