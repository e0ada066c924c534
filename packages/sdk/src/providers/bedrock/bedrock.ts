import { createProvider } from '../create-provider.ts';
import { createReader } from '../create-reader.ts';
import type { Provider, Reader, Reading, Route, Seen } from '../provider.ts';
import { readQuantities } from '../read-quantities.ts';

/** Whatever form the model behind has, and Bedrock's own for `converse`; where a body says nothing, the answer's head does. */
export const bedrockReader: Reader = createReader({
  usage: '|usage|amazon-bedrock-invocationMetrics',
  wrapper: 'message',
  tier: 'serviceTier.type|service_tier',
  final: /"(?:amazon-bedrock-invocationMetrics|totalTokens)"/,
  rows: [
    // Converse and Nova, Bedrock's measure of any stream, Claude, OpenAI, Llama, Titan.
    ['input', 'inputTokens|inputTokenCount|input_tokens|prompt_tokens|prompt_token_count|inputTextTokenCount'],
    ['cachedInput', 'cacheReadInputTokens|cache_read_input_tokens|cacheReadInputTokenCount'],
    ['cacheWrite5m', 'cacheWriteInputTokens|cache_creation_input_tokens|cacheWriteInputTokenCount'],
    ['cacheWrite1h', 'cacheDetails.1h.inputTokens|cache_creation.ephemeral_1h_input_tokens', 'cacheWrite5m'],
    [
      'output',
      'outputTokens|outputTokenCount|output_tokens|completion_tokens|generation_token_count|results.*.tokenCount|totalOutputTextTokenCount',
    ],
    ['images', 'images.length'],
  ],
});

const CONVERSED: Route = { kind: 'llm', operation: 'chat', outputMembers: ['text', 'input'], hasPrompt: true, confirm: 'messages' };
const INVOKED: Route = {
  kind: 'llm',
  operation: 'chat',
  // The pieces of a stream are packed as bytes, and unpacked before they are counted.
  outputMembers: ['bytes', 'text', 'thinking', 'partial_json', 'content', 'generation', 'outputText'],
  hasPrompt: true,
};
const OTHERS: readonly (readonly [names: RegExp, route: Route])[] = [
  [/embed/, { kind: 'embedding', operation: 'embeddings', hasPrompt: true }],
  [/rerank/, { kind: 'rerank', operation: 'rerank' }],
  [/stability|image|canvas/, { kind: 'image', operation: 'images' }],
];

/** Amazon Bedrock. */
export const bedrock: Provider = createProvider({
  path: /\/model\/(?<model>[^/]+)(?<verb>\/(?:invoke|converse|count-tokens)[a-z-]*)$/,
  region: /bedrock-\w+(?:-fips)?\.([\w-]+)/,
  reader: bedrockReader,
  calls: {
    'POST /invoke': (model) => of(model, OTHERS.find(([names]) => names.test(model))?.[1] ?? INVOKED),
    'POST /invoke-with-response-stream': (model) => of(model, INVOKED),
    'POST /converse': (model) => of(model, CONVERSED),
    'POST /converse-stream': (model) => of(model, CONVERSED),
    'POST /count-tokens': { kind: 'llm', operation: 'count_tokens', isFree: true },
  },
  guess: ({ header }) => (header('x-amz-date') === undefined && header('amz-sdk-request') === undefined ? undefined : 'bedrock'),
});

/** The name in the path is the one whose price holds: the model's own leaves out region and version. */
function of(model: string, route: Route): Route {
  return { ...route, complete: (reading, seen) => ({ ...addHead(reading, seen), model }) };
}

/** The head of an answer tells its tokens whatever the model, and its id. */
function addHead(reading: Reading, { header }: Seen): Reading {
  const count = (name: string): number | undefined => {
    const text = header(`x-amzn-bedrock-${name}-token-count`);
    return text === undefined ? undefined : Number(text);
  };
  const told = {
    inputTokens: count('input'),
    outputTokens: count('output'),
    cacheReadInputTokens: count('cache-read-input'),
    cacheWriteInputTokens: count('cache-write-input'),
  };
  return {
    ...reading,
    responseId: reading.responseId ?? header('x-amzn-requestid'),
    usage: reading.usage ?? readQuantities(told, bedrockReader.quantities),
    serviceTier: reading.serviceTier ?? header('x-amzn-bedrock-service-tier'),
  };
}
