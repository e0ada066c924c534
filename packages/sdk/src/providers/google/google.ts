import { isJsonRecord } from '@llmobserve/protocol';
import { createProvider } from '../create-provider.ts';
import { createReader } from '../create-reader.ts';
import type { Provider, Reader, Reading, RequestView, Route, Seen } from '../provider.ts';

/** Which tier served is told in a header too, and by the Gemini API there alone for some models (2026-11). */
const addTier = (reading: Reading, { header }: Seen): Reading => ({
  ...reading,
  serviceTier: reading.serviceTier ?? header('x-gemini-service-tier'),
});

const CHAT: Route = {
  kind: 'llm',
  operation: 'chat',
  outputMembers: ['text'],
  hasPrompt: true,
  confirm: 'contents',
  complete: addTier,
};
const COUNT: Route = { kind: 'llm', operation: 'count_tokens', isFree: true, confirm: 'contents|generateContentRequest' };

const IN = 'promptTokensDetails';
const CACHED = 'cacheTokensDetails';
const OUT = 'candidatesTokensDetails';

/** Gemini's usage: the prompt includes what was cached, the candidates do not include the thoughts. Each chunk tells totals so far. */
export const googleReader: Reader = createReader({
  usage: 'usageMetadata',
  model: 'modelVersion',
  id: 'responseId',
  tier: 'usageMetadata.serviceTier|usageMetadata.trafficType',
  final: /"(?:finish|block)Reason"/,
  rows: [
    ['input', 'promptTokenCount'],
    ['input', 'toolUsePromptTokenCount'],
    ['cachedInput', 'cachedContentTokenCount', 'input'],
    ['audioCachedInput', `${CACHED}.AUDIO.tokenCount`, 'cachedInput'],
    ['imageCachedInput', `${CACHED}.IMAGE.tokenCount`, 'cachedInput'],
    ['audioInput', `${IN}.AUDIO.tokenCount`, 'input', 'audioCachedInput'],
    ['imageInput', `${IN}.IMAGE.tokenCount`, 'input', 'imageCachedInput'],
    ['output', 'candidatesTokenCount'],
    ['reasoning', 'thoughtsTokenCount'],
    ['audioOutput', `${OUT}.AUDIO.tokenCount`, 'output'],
    ['imageOutput', `${OUT}.IMAGE.tokenCount`, 'output'],
  ],
});

/** Vertex counts each text of an embedding by itself. */
const embeddingReader = createReader({
  usage: '',
  rows: [
    ['input', 'usageMetadata.promptTokenCount|predictions.*.embeddings.statistics.token_count'],
    ['imageInput', `usageMetadata.${IN}.IMAGE.tokenCount`, 'input'],
    ['audioInput', `usageMetadata.${IN}.AUDIO.tokenCount`, 'input'],
  ],
});
const EMBEDDING: Route = {
  kind: 'embedding',
  operation: 'embeddings',
  hasPrompt: true,
  confirm: 'content|requests|instances',
  reader: embeddingReader,
};

const IMAGE: Route = {
  kind: 'image',
  operation: 'images',
  confirm: 'instances',
  reader: createReader({ usage: '', rows: [['images', 'predictions.length']] }),
  // Several pictures are larger than what is kept of an answer.
  estimate: countAsked,
};

/** Gemini, and Google's models at Vertex AI. */
export const google: Provider = createProvider({
  path: /\/(?:models|tunedModels|endpoints)\/(?<model>[^/:]+)(?<verb>:\w+)$/,
  region: /\/locations\/([\w-]+)\//,
  reader: googleReader,
  calls: {
    'POST :generateContent': CHAT,
    'POST :streamGenerateContent': { ...CHAT, isStream: true },
    'POST :embedContent': EMBEDDING,
    'POST :batchEmbedContents': EMBEDDING,
    'POST :predict': (model) => (/embed|gecko/.test(model) ? EMBEDDING : IMAGE),
    'POST :countTokens': COUNT,
    'POST :computeTokens': COUNT,
  },
  guess: ({ path }) => (path.includes('/publishers/anthropic/') ? undefined : path.includes('/projects/') ? 'vertex' : 'google'),
});

function countAsked(request: RequestView): { readonly images: number } | undefined {
  const parameters = request.member('parameters');
  const count = isJsonRecord(parameters) ? parameters['sampleCount'] : undefined;
  return typeof count === 'number' ? { images: count } : undefined;
}
