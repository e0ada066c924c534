import { createProvider, route } from '../create-provider.ts';
import { createReader } from '../create-reader.ts';
import type { Provider } from '../provider.ts';

/** What is billed wins over what was counted; both stand in `usage` since v2, and in `meta` before and beside it. */
const READER = createReader({
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

const CHAT = route('llm', 'chat', { outputMembers: ['text', 'thinking', 'arguments', 'tool_plan'] });
const COUNT = route('llm', 'count_tokens', { isFree: true });

/** Cohere, versions 1 and 2. */
export const cohere: Provider = createProvider({
  path: /\/v[12]\/(?<call>[a-z]+)$/,
  reader: READER,
  calls: {
    'POST chat': CHAT,
    'POST generate': { ...CHAT, operation: 'completions' },
    'POST embed': route('embedding', 'embeddings'),
    'POST rerank': route('rerank', 'rerank'),
    'POST classify': route('llm', 'classify'),
    'POST parse': route('llm', 'parse', { hasPrompt: false }),
    'POST tokenize': COUNT,
    'POST detokenize': COUNT,
  },
  // Its own clients name themselves.
  guess: ({ header }) => (header('x-fern-sdk-name') === 'cohere-ai' ? 'cohere' : undefined),
});
