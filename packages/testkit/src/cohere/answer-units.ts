import type { JsonRecord } from '@llmobserve/protocol';
import { countTexts, jsonAnswer, listOf, textOf, writeVector, type Answer, type TellUsage } from '../providers/index.ts';

const DOCUMENTS_PER_SEARCH = 100;

/** Answers what is billed in units of its own: embeddings, reranks, classifications. Nothing to answer: undefined. */
export function answerUnits(call: string, members: JsonRecord, tell: TellUsage): Answer | undefined {
  if (call === 'embed') return answerEmbed(members, tell);
  if (call === 'rerank') return answerRerank(members, tell);
  if (call === 'classify') return answerClassify(members, tell);
  return call === 'tokenize' ? jsonAnswer(200, { tokens: [1, 2], token_strings: ['a', 'b'], meta: metaOf({}) }) : undefined;
}

function answerEmbed(members: JsonRecord, tell: TellUsage): Answer {
  const texts = listOf(members['texts']).map((text) => textOf(text) ?? '');
  const images = listOf(members['images']).length;
  const units = { ...(texts.length > 0 ? { input_tokens: countTexts(texts) } : {}), ...(images > 0 ? { images } : {}) };
  const embeddings = { float: [...texts, ...Array.from({ length: images }, String)].map((text) => writeVector(text)) };
  const response_type = 'embeddings_by_type';
  return jsonAnswer(200, { id: 'embed-1', texts, embeddings, response_type, ...tell({ meta: metaOf({ billed_units: units }) }) });
}

function answerRerank(members: JsonRecord, tell: TellUsage): Answer {
  const documents = listOf(members['documents']);
  const results = documents.map((_, index) => ({ index, relevance_score: 1 / (index + 1) }));
  const units = { search_units: Math.ceil(documents.length / DOCUMENTS_PER_SEARCH) };
  return jsonAnswer(200, { id: 'rerank-1', results, ...tell({ meta: metaOf({ billed_units: units }) }) });
}

function answerClassify(members: JsonRecord, tell: TellUsage): Answer {
  const inputs = listOf(members['inputs']);
  const classifications = inputs.map((input, index) => ({
    id: `class-${index}`,
    input,
    prediction: 'yes',
    predictions: ['yes'],
    confidence: 0.9,
    confidences: [0.9],
    labels: { yes: { confidence: 0.9 } },
    classification_type: 'single-label',
  }));
  const units = { classifications: inputs.length };
  return jsonAnswer(200, { id: 'classify-1', classifications, ...tell({ meta: metaOf({ billed_units: units }) }) });
}

export function metaOf(usage: JsonRecord): JsonRecord {
  return { api_version: { version: '1' }, ...usage };
}
