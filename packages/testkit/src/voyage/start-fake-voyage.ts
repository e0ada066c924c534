import type { JsonRecord } from '@llmobserve/protocol';
import { countTexts, createTellUsage, jsonAnswer, listOf, recordOf, startFakeProvider } from '../providers/index.ts';
import type { Answer, FakeProvider, FakeProviderOptions, TellingOptions } from '../providers/index.ts';

export type FakeVoyageOptions = FakeProviderOptions & TellingOptions;

const PIXELS_PER_IMAGE = 560_000;
const PIXELS_PER_TOKEN = 560;

/**
 * Starts a Voyage of the test's own: embeddings of texts, pictures and contexts, rerank; tokens are words.
 *
 * @example
 * const fake = await startFakeVoyage();
 * const voyage = new VoyageAIClient({ apiKey: 'fake', environment: `${fake.url}/v1` });
 */
export function startFakeVoyage(options: FakeVoyageOptions = {}): Promise<FakeProvider> {
  const tell = createTellUsage(options);
  return startFakeProvider(
    {
      refuse,
      answer: ({ method, path, headers, members }) => {
        if (!headers.authorization) return refuse(401);
        const call = /\/v1\/([a-z]+)$/.exec(path)?.[1];
        const usage = method === 'POST' && call !== undefined ? usageOf(call, members) : undefined;
        if (!usage) return refuse(404);
        const found = listOf(members['documents'] ?? members['inputs'] ?? [members['input']].flat());
        const data = found.map((_, index) =>
          call === 'rerank' ? { index, relevance_score: 1 / (index + 1) } : { object: 'embedding', index, embedding: [0.1, 0.2] },
        );
        return jsonAnswer(200, { object: 'list', data, model: members['model'], ...tell({ usage }) });
      },
    },
    options,
  );
}

function refuse(status: number): Answer {
  return jsonAnswer(status, { detail: `The fake Voyage answers ${status}.` });
}

function usageOf(call: string, members: JsonRecord): JsonRecord | undefined {
  if (call === 'embeddings') return { total_tokens: countTexts(members['input']) };
  if (call === 'contextualizedembeddings') return { total_tokens: countTexts(members['inputs']) };
  if (call === 'rerank') {
    const documents = listOf(members['documents']);
    return { total_tokens: countTexts(documents) + documents.length * countTexts(members['query']) };
  }
  if (call !== 'multimodalembeddings') return undefined;
  const parts = listOf(members['inputs']).flatMap((input) => listOf(recordOf(input)['content']).map(recordOf));
  const text_tokens = countTexts(parts.map((part) => part['text']));
  const image_pixels = parts.filter((part) => part['type'] !== 'text').length * PIXELS_PER_IMAGE;
  return { text_tokens, image_pixels, total_tokens: text_tokens + image_pixels / PIXELS_PER_TOKEN };
}
