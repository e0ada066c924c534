import { countTexts, jsonAnswer, listOf, recordOf, textOf, type Answer, type ReadRequest } from '../providers/index.ts';

const DOCUMENTS_PER_RERANK_UNIT = 100;

/** Answers questions to Pinecone's own models. Nothing to answer: undefined. */
export function answerInference({ method, path, members }: ReadRequest): Answer | undefined {
  if (method !== 'POST') return undefined;
  const model = textOf(members['model']);
  if (path === '/embed') {
    const texts = listOf(members['inputs']).map((input) => recordOf(input)['text']);
    const data = texts.map(() => ({ vector_type: 'dense', values: [0.1, 0.2, 0.3] }));
    return jsonAnswer(200, { model, vector_type: 'dense', data, usage: { total_tokens: countTexts(texts) } });
  }
  if (path !== '/rerank') return undefined;
  const documents = listOf(members['documents']);
  const data = documents.map((document, index) => ({ index, score: 1 / (index + 1), document }));
  return jsonAnswer(200, { model, data, usage: { rerank_units: Math.ceil(documents.length / DOCUMENTS_PER_RERANK_UNIT) } });
}
