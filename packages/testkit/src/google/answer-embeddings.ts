import type { JsonRecord } from '@llmobserve/protocol';
import { hashOf, jsonAnswer, listOf, numberOf, recordOf, textOf, type Answer } from '../providers/index.ts';
import { countContents } from './plan-usage.ts';

const DIMENSIONS = 8;
/** A picture larger than a few of which fit into what is kept of an answer. */
const IMAGE_CHARS = 400_000;

/** Answers the Gemini API's `:embedContent`, which tells its tokens, and `:batchEmbedContents`, which does not. */
export function answerEmbedding(verb: string, members: JsonRecord): Answer {
  if (verb === 'batchEmbedContents') {
    const embeddings = listOf(members['requests']).map((request) => ({ values: vectorOf(JSON.stringify(request)) }));
    return jsonAnswer(200, { embeddings });
  }
  const embedding = { values: vectorOf(JSON.stringify(members['content'])) };
  return jsonAnswer(200, { embedding, usageMetadata: { promptTokenCount: countContents([members['content']]) } });
}

/** Answers `:predict`: Imagen's pictures, or at Vertex AI embeddings that each tell their tokens. */
export function answerPrediction(model: string, members: JsonRecord): Answer {
  const instances = listOf(members['instances']).map(recordOf);
  if (!/embed|gecko/.test(model)) {
    const count = numberOf(recordOf(members['parameters'])['sampleCount']) ?? 1;
    const picture = { mimeType: 'image/png', bytesBase64Encoded: 'A'.repeat(IMAGE_CHARS) };
    return jsonAnswer(200, { predictions: Array.from({ length: count }, () => picture) });
  }
  const predictions = instances.map(({ content }) => ({
    embeddings: { statistics: { truncated: false, token_count: countContents([content]) }, values: vectorOf(textOf(content) ?? '') },
  }));
  return jsonAnswer(200, { predictions, metadata: { billableCharacterCount: JSON.stringify(instances).length } });
}

function vectorOf(text: string): readonly number[] {
  return Array.from({ length: DIMENSIONS }, (_, index) => (hashOf(`${text}:${index}`) % 2000) / 1000 - 1);
}
