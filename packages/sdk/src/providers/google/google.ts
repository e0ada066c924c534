import { createProvider, route } from '../create-provider.ts';
import { createReader } from '../create-reader.ts';
import type { Provider } from '../provider.ts';
import { type QuantityRow, valueAt } from '../read-quantities.ts';

const CHAT = route('llm', 'chat', { outputMembers: ['text'], confirm: 'contents' });
const COUNT = route('llm', 'count_tokens', { isFree: true, confirm: 'contents|generateContentRequest' });

/** Gemini's usage: the prompt includes what was cached, the candidates do not include the thoughts. Each chunk tells totals so far. */
const READER = createReader({
  usage: 'usageMetadata',
  model: 'modelVersion',
  id: 'responseId',
  // Which tier served is told in a header too, and there alone for some models (2026-11).
  tier: 'usageMetadata.serviceTier|usageMetadata.trafficType|x-gemini-service-tier',
  final: /"(?:finish|block)Reason"/,
  rows: [
    ['input', 'promptTokenCount'],
    ['input', 'toolUsePromptTokenCount'],
    ['cachedInput', 'cachedContentTokenCount', 'input'],
    ['output', 'candidatesTokenCount'],
    ['reasoning', 'thoughtsTokenCount'],
    ...['audio', 'image'].flatMap((medium): readonly QuantityRow[] => [
      [`${medium}CachedInput`, `cacheTokensDetails.${medium.toUpperCase()}.tokenCount`, 'cachedInput'],
      [`${medium}Input`, `promptTokensDetails.${medium.toUpperCase()}.tokenCount`, 'input', `${medium}CachedInput`],
      [`${medium}Output`, `candidatesTokensDetails.${medium.toUpperCase()}.tokenCount`, 'output'],
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
