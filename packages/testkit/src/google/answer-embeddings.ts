import type { JsonRecord } from '@llmobserve/protocol';
import { jsonAnswer, listOf, numberOf, recordOf, textOf, writeVector, type Answer } from '../providers/index.ts';
import { PICTURE } from './answer-content.ts';
import { countContents } from './plan-usage.ts';

/** Answers the Gemini API's `:embedContent`, which tells its tokens, and `:batchEmbedContents`, which does not. */
export function answerEmbedding(verb: string, members: JsonRecord): Answer {
  if (verb === 'batchEmbedContents') {
    const embeddings = listOf(members['requests']).map((request) => ({ values: writeVector(JSON.stringify(request)) }));
    return jsonAnswer(200, { embeddings });
  }
  const embedding = { values: writeVector(JSON.stringify(members['content'])) };
  return jsonAnswer(200, { embedding, usageMetadata: { promptTokenCount: countContents([members['content']]) } });
}

/** Answers `:predict`: Imagen's pictures, or at Vertex AI embeddings that each tell their tokens. */
export function answerPrediction(model: string, members: JsonRecord): Answer {
  const instances = listOf(members['instances']).map(recordOf);
  if (!/embed|gecko/.test(model)) {
    const count = numberOf(recordOf(members['parameters'])['sampleCount']) ?? 1;
    const picture = { mimeType: 'image/png', bytesBase64Encoded: PICTURE };
    return jsonAnswer(200, { predictions: Array.from({ length: count }, () => picture) });
  }
  const predictions = instances.map(({ content }) => ({
    embeddings: { statistics: { truncated: false, token_count: countContents([content]) }, values: writeVector(textOf(content) ?? '') },
  }));
  return jsonAnswer(200, { predictions, metadata: { billableCharacterCount: JSON.stringify(instances).length } });
}
