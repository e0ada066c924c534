import { countWords, hashOf, jsonAnswer, type Answer, type ReadRequest } from '../providers/index.ts';

const DEFAULT_DIMENSIONS: Readonly<Record<string, number>> = { 'text-embedding-3-large': 3072 };

/** Answers `POST /v1/embeddings`: one vector per input, the same for the same words. */
export function answerEmbeddings({ members }: ReadRequest): Answer {
  const model = String(members['model']);
  const inputs = listInputs(members['input']);
  const dimensions = typeof members['dimensions'] === 'number' ? members['dimensions'] : (DEFAULT_DIMENSIONS[model] ?? 1536);
  const encode = members['encoding_format'] === 'base64' ? encodeBase64 : (vector: Float32Array) => [...vector];
  const tokens = inputs.reduce((sum, input) => sum + input.tokens, 0);
  return jsonAnswer(200, {
    object: 'list',
    data: inputs.map((input, index) => ({ object: 'embedding', index, embedding: encode(vectorOf(input.text, dimensions)) })),
    model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  });
}

type EmbeddingInput = { readonly text: string; readonly tokens: number };

/** A text, a list of texts, a list of token ids, or a list of such lists. */
function listInputs(input: unknown): readonly EmbeddingInput[] {
  if (typeof input === 'string') return [{ text: input, tokens: countWords(input) }];
  if (!Array.isArray(input)) return [];
  if (input.every((part) => typeof part === 'number')) return [{ text: input.join(' '), tokens: input.length }];
  return input.flatMap((part: unknown) => listInputs(part));
}

/** Texts that share words get vectors that are near to each other, so that a search finds something sensible. */
function vectorOf(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  for (const word of text.toLowerCase().split(/\W+/).filter(Boolean)) {
    for (let feature = 0; feature < 8; feature += 1) {
      const hash = hashOf(`${word}:${feature}`);
      const place = hash % dimensions;
      vector[place] = (vector[place] ?? 0) + (hash & 1 ? 1 : -1);
    }
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

function encodeBase64(vector: Float32Array): string {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');
}
