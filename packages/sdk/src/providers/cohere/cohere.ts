import { createProvider } from '../create-provider.ts';
import { createReader } from '../create-reader.ts';
import type { Provider, Reader, Route } from '../provider.ts';

/** What is billed wins over what was counted; both stand in `usage` since v2, and in `meta` before and beside it. */
export const cohereReader: Reader = createReader({
  usage: 'usage|meta',
  wrapper: 'response|delta',
  id: 'id|generation_id|response_id',
  rows: [
    ['input', 'billed_units.input_tokens|tokens.input_tokens'],
    ['output', 'billed_units.output_tokens|tokens.output_tokens'],
    ['imageInput', 'billed_units.image_tokens'],
    ['images', 'billed_units.images'],
    ['rerankSearches', 'billed_units.search_units'],
    ['classifications', 'billed_units.classifications'],
    ['pages', 'billed_units.pages'],
  ],
});

const CHAT: Route = { kind: 'llm', operation: 'chat', outputMembers: ['text', 'thinking', 'arguments', 'tool_plan'], hasPrompt: true };

/** Cohere, versions 1 and 2. */
export const cohere: Provider = createProvider({
  path: /\/v[12]\/(?<call>[a-z]+)$/,
  reader: cohereReader,
  calls: {
    'POST chat': CHAT,
    'POST generate': { ...CHAT, operation: 'completions' },
    'POST embed': { kind: 'embedding', operation: 'embeddings', hasPrompt: true },
    'POST rerank': { kind: 'rerank', operation: 'rerank' },
    'POST classify': { kind: 'llm', operation: 'classify' },
    'POST parse': { kind: 'llm', operation: 'parse' },
    'POST tokenize': { kind: 'llm', operation: 'count_tokens', isFree: true },
    'POST detokenize': { kind: 'llm', operation: 'count_tokens', isFree: true },
  },
  // Its own clients name themselves.
  guess: ({ header }) => (header('x-fern-sdk-name') === 'cohere-ai' ? 'cohere' : undefined),
});
