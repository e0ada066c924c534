import { createProvider, route } from '../create-provider.ts';
import { createReader } from '../create-reader.ts';
import type { Provider } from '../provider.ts';

const COUNT = (name: string): string => `x-amzn-bedrock-${name}-token-count`;

/** Whatever form the model behind has, and Bedrock's own for `converse`; where a body says nothing, the answer's head does. */
const READER = createReader({
  usage: '|usage|amazon-bedrock-invocationMetrics',
  wrapper: 'message',
  id: 'id|x-amzn-requestid',
  tier: 'serviceTier.type|service_tier|x-amzn-bedrock-service-tier',
  final: /"(?:amazon-bedrock-invocationMetrics|totalTokens)"/,
  rows: [
    // Converse and Nova, Bedrock's measure of any stream, Claude, OpenAI, Llama, Titan.
    ['input', `inputTokens|inputTokenCount|input_tokens|prompt_tokens|prompt_token_count|inputTextTokenCount|${COUNT('input')}`],
    ['cachedInput', `cacheReadInputTokens|cache_read_input_tokens|cacheReadInputTokenCount|${COUNT('cache-read-input')}`],
    ['cacheWrite5m', `cacheWriteInputTokens|cache_creation_input_tokens|cacheWriteInputTokenCount|${COUNT('cache-write-input')}`],
    ['cacheWrite1h', 'cacheDetails.1h.inputTokens|cache_creation.ephemeral_1h_input_tokens', 'cacheWrite5m'],
    [
      'output',
      `outputTokens|outputTokenCount|output_tokens|completion_tokens|generation_token_count|results.*.tokenCount|totalOutputTextTokenCount|${COUNT('output')}`,
    ],
    ['images', 'images.length'],
  ],
});

const CONVERSED = route('llm', 'chat', { outputMembers: ['text', 'input'], confirm: 'messages' });
const INVOKED = route('llm', 'chat', {
  // The pieces of a stream are packed as bytes, and unpacked before they are counted.
  outputMembers: ['bytes', 'text', 'thinking', 'partial_json', 'content', 'generation', 'outputText'],
});
const EMBEDDED = route('embedding', 'embeddings');
const RANKED = route('rerank', 'rerank');
const PAINTED = route('image', 'images');

/** Amazon Bedrock. The name in the path is the one whose price holds: the model's own leaves out region and version. */
export const bedrock: Provider = createProvider({
  path: /\/model\/(?<model>[^/]+)(?<verb>\/(?:invoke|converse|count-tokens)[a-z-]*)$/,
  region: /bedrock-\w+(?:-fips)?\.([\w-]+)/,
  reader: READER,
  isNamedByPath: true,
  calls: {
    'POST /invoke': (model) =>
      /embed/.test(model) ? EMBEDDED : /rerank/.test(model) ? RANKED : /stability|image|canvas/.test(model) ? PAINTED : INVOKED,
    'POST /invoke-with-response-stream': INVOKED,
    'POST /converse': CONVERSED,
    'POST /converse-stream': CONVERSED,
    'POST /count-tokens': route('llm', 'count_tokens', { isFree: true }),
  },
  guess: ({ header }) => (header('x-amz-date') ?? header('amz-sdk-request')) && 'bedrock',
});
