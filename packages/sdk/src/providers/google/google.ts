import { createProvider, route } from '../create-provider.ts';
import { createReader } from '../create-reader.ts';
import type { Provider, Route } from '../provider.ts';
import { type QuantityRow, valueAt } from '../read-quantities.ts';

const CHAT = route('llm', 'chat', { outputMembers: ['text'], confirm: 'contents' });
const COUNT = route('llm', 'count_tokens', { isFree: true, confirm: 'contents|generateContentRequest' });

/** Gemini's usage, in the words of content and of interactions: the prompt includes what was cached, the candidates do not include the thoughts. Each chunk tells totals so far. */
const READER = createReader({
  usage: 'usageMetadata|usage',
  wrapper: 'interaction',
  model: 'modelVersion|model',
  id: 'responseId|id',
  // Which tier served is told in a header too, and there alone for some models (2026-11).
  tier: 'usageMetadata.serviceTier|usageMetadata.trafficType|service_tier|x-gemini-service-tier',
  final: /"(?:(?:finish|block)Reason|interaction\.completed)"/,
  rows: [
    ['input', 'promptTokenCount|total_input_tokens'],
    ['input', 'toolUsePromptTokenCount|total_tool_use_tokens'],
    ['cachedInput', 'cachedContentTokenCount|total_cached_tokens', 'input'],
    ['output', 'candidatesTokenCount|total_output_tokens'],
    ['reasoning', 'thoughtsTokenCount|total_thought_tokens'],
    ...['audio', 'image'].flatMap((medium): readonly QuantityRow[] => [
      [
        `${medium}CachedInput`,
        `cacheTokensDetails.${medium.toUpperCase()}.tokenCount|cached_tokens_by_modality.${medium}.tokens`,
        'cachedInput',
      ],
      [
        `${medium}Input`,
        `promptTokensDetails.${medium.toUpperCase()}.tokenCount|input_tokens_by_modality.${medium}.tokens`,
        'input',
        `${medium}CachedInput`,
      ],
      [
        `${medium}Output`,
        `candidatesTokensDetails.${medium.toUpperCase()}.tokenCount|output_tokens_by_modality.${medium}.tokens`,
        'output',
      ],
    ]),
  ],
});

/** Vertex counts each text of an embedding by itself. */
const EMBEDDING = route('embedding', 'embeddings', {
  confirm: 'content|requests|instances',
  reader: createReader({
    usage: '',
    rows: [
      ['input', 'usageMetadata.promptTokenCount|predictions.*.embeddings.statistics.token_count'],
      ['imageInput', 'usageMetadata.promptTokensDetails.IMAGE.tokenCount', 'input'],
      ['audioInput', 'usageMetadata.promptTokensDetails.AUDIO.tokenCount', 'input'],
    ],
  }),
});

const IMAGE = route('image', 'images', {
  confirm: 'instances',
  reader: createReader({ usage: '', rows: [['images', 'predictions.length']] }),
  // Several pictures are larger than what is kept of an answer.
  estimate(request) {
    const images = valueAt(request.member('parameters'), ['sampleCount']);
    return typeof images === 'number' ? { images } : undefined;
  },
});

/** Gemini, and Google's models at Vertex AI. */
export const google: Provider = createProvider({
  path: /\/(?:models|tunedModels|endpoints)\/(?<model>[^/:]+)(?<verb>:\w+)$/,
  region: /\/locations\/([\w-]+)\//,
  reader: READER,
  calls: {
    'POST :generateContent': CHAT,
    'POST :streamGenerateContent': { ...CHAT, isStream: true },
    'POST :embedContent': EMBEDDING,
    'POST :batchEmbedContents': EMBEDDING,
    // Endpoints of the app's own predict too, whatever they like.
    'POST :predict': (model) => (/embed|gecko/.test(model) ? EMBEDDING : /image/.test(model) ? IMAGE : undefined),
    'POST :countTokens': COUNT,
    'POST :computeTokens': COUNT,
  },
  guess: ({ path }) => (/\/(?:projects|publishers)\//.test(path) ? 'vertex' : 'google'),
});

/** Gemini's interactions, which may go on in the background and be asked for again. */
const TURN = route('llm', 'responses', { outputMembers: ['text'], confirm: 'input' });
const LOOK: Route = { ...TURN, isRetrieval: true };
export const googleInteractions: Provider = createProvider({
  path: /\/interactions(?:\/(?<id>[^/]+))?(?<verb>\/cancel)?$/,
  region: /\/locations\/([\w-]+)\//,
  reader: READER,
  calls: { 'POST ': TURN, 'GET *': LOOK, 'POST */cancel': LOOK },
  guess: ({ header }) => header('x-goog-api-key') && 'google',
});
