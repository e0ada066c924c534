import { createProvider, route } from '../create-provider.ts';
import { createReader } from '../create-reader.ts';
import type { Provider, Route } from '../provider.ts';
import { sumUsages } from '../sum-usages.ts';

const CHAT = route('llm', 'chat', { outputMembers: ['text', 'thinking', 'partial_json'], confirm: 'messages,max_tokens' });
const COUNT = route('llm', 'count_tokens', { isFree: true, confirm: 'messages' });
const BATCH = route('batch', 'batch', {
  confirm: 'requests',
  complete: (reading) => ({ ...reading, progress: 'unfinished', isBackground: true }),
});
const BATCH_RESULTS: Route = {
  ...BATCH,
  isRetrieval: true,
  complete: (_reading, seen) => ({ ...sumUsages(seen, READER), serviceTier: 'batch', isBackground: true }),
};

/** Anthropic's messages, as of API version 2023-06-01 and the fields added up to 2026-11. */
const READER = createReader({
  usage: 'usage',
  wrapper: 'message',
  // Fast mode is told beside the tier.
  tier: 'usage.speed|usage.service_tier',
  region: 'usage.inference_geo',
  // A stream's first event tells the input, the last `message_delta` all of it.
  final: /"message_delta"/,
  rows: [
    ['input', 'input_tokens'],
    ['cachedInput', 'cache_read_input_tokens'],
    ['cacheWrite5m', 'cache_creation_input_tokens'],
    ['cacheWrite1h', 'cache_creation.ephemeral_1h_input_tokens', 'cacheWrite5m'],
    ['output', 'output_tokens'],
    ['reasoning', 'output_tokens_details.thinking_tokens', 'output'],
    ['webSearches', 'server_tool_use.web_search_requests'],
  ],
});

/** Anthropic, and every host that speaks its form. */
export const anthropic: Provider = createProvider({
  path: /\/(?<call>messages(?:\/count_tokens|\/batches)?|complete)(?:\/(?<id>[\w-]+))?(?<verb>\/results|\/cancel)?$/,
  reader: READER,
  calls: {
    'POST messages': CHAT,
    'POST messages/count_tokens': COUNT,
    // Without usage: what it wrote stands in one member.
    'POST complete': { ...CHAT, operation: 'completions', outputMembers: ['completion'], confirm: 'prompt,max_tokens_to_sample' },
    'POST messages/batches': BATCH,
    'GET messages/batches*/results': BATCH_RESULTS,
  },
  guess: ({ header }) => (header('anthropic-version') === undefined ? undefined : 'anthropic'),
});

/** Claude at Google's Vertex AI. */
export const vertexAnthropic: Provider = createProvider({
  path: /\/publishers\/anthropic\/models\/(?<call>count-tokens)?(?<model>[^/:]+)?(?<verb>:\w+)$/,
  region: /\/locations\/([\w-]+)\//,
  reader: READER,
  calls: { 'POST :rawPredict': CHAT, 'POST :streamRawPredict': CHAT, 'POST count-tokens:rawPredict': COUNT },
  guess: () => 'vertex',
});
