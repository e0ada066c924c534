import type { JsonRecord } from '@llmobserve/protocol';
import { countWords, jsonAnswer, readForm, streamAnswer, textOf, writeTypedEvent } from '../providers/index.ts';
import type { Answer, ReadRequest } from '../providers/index.ts';
import type { AnswerIdentity } from './answer-chat.ts';
import { inStreamError } from './refuse.ts';

/** Tokens of one square image, as OpenAI's guide tells them (2025-04). */
const OUTPUT_TOKENS: Readonly<Record<string, number>> = { low: 272, medium: 1056, high: 4160 };
const TOKENS_PER_INPUT_IMAGE = 323;
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Answers `POST /v1/images/…`: tokens for GPT image models, pictures without a usage for DALL·E, as a stream if asked for. */
export function answerImage(request: ReadRequest, { createdS }: AnswerIdentity): Answer {
  const form = readForm(request);
  const asked: JsonRecord = { ...request.members, ...form };
  const model = textOf(asked['model']) ?? 'dall-e-2';
  const count = Number(asked['n'] ?? 1);
  const pictures = Array.from({ length: count }, () => ({ b64_json: PIXEL }));
  if (!model.startsWith('gpt-image')) return jsonAnswer(200, { created: createdS, data: pictures });
  const quality = (textOf(asked['quality']) ?? 'auto').replace('auto', 'high');
  const size = (textOf(asked['size']) ?? 'auto').replace('auto', '1024x1024');
  const files = Object.entries(form).filter(([name]) => name.startsWith('image'));
  const usage = usageOf({
    text: countWords(textOf(asked['prompt']) ?? ''),
    image: files.length * TOKENS_PER_INPUT_IMAGE,
    output: (OUTPUT_TOKENS[quality] ?? 1056) * count,
  });
  const about = { background: 'opaque', output_format: 'png', quality, size };
  if (String(asked['stream']) !== 'true') return jsonAnswer(200, { created: createdS, data: pictures, ...about, usage });
  const name = request.path.endsWith('edits') ? 'image_edit' : 'image_generation';
  const partial = { type: `${name}.partial_image`, b64_json: PIXEL, created_at: createdS, ...about };
  const partials = Array.from({ length: Number(asked['partial_images'] ?? 0) }, (_, index) => ({ ...partial, partial_image_index: index }));
  const completed = { type: `${name}.completed`, b64_json: PIXEL, created_at: createdS, ...about, usage };
  return streamAnswer([...partials, completed].map(writeTypedEvent), inStreamError());
}

function usageOf({ text, image, output }: { readonly text: number; readonly image: number; readonly output: number }): object {
  return {
    input_tokens: text + image,
    input_tokens_details: { image_tokens: image, text_tokens: text },
    output_tokens: output,
    output_tokens_details: { image_tokens: output, text_tokens: 0 },
    total_tokens: text + image + output,
  };
}
