import type { JsonRecord } from '@llmobserve/protocol';
import {
  countWords,
  hashOf,
  jsonAnswer,
  listOf,
  numberOf,
  recordOf,
  startFakeProvider,
  streamAnswer,
  textOf,
  writeWords,
  type Answer,
  type FakeProvider,
  type FakeProviderOptions,
  type ReadRequest,
} from '../providers/index.ts';

export type FakeMistralOptions = FakeProviderOptions & {
  /** Leaves every usage out. */
  readonly omitsUsage?: boolean;
  /** Pages of each document that is read; 3 without it. */
  readonly pages?: number;
};

const CREATED_S = 1_790_000_000;
const AUDIO_SECONDS = 42;
const DIMENSIONS = 1024;

/**
 * Starts a Mistral of the test's own: chat, fill-in-the-middle and agents with their streams, embeddings, moderation,
 * documents, transcription; tokens are words.
 *
 * @example
 * const fake = await startFakeMistral();
 * const mistral = new Mistral({ apiKey: 'fake', serverURL: fake.url });
 */
export function startFakeMistral(options: FakeMistralOptions = {}): Promise<FakeProvider> {
  const tell = (usage: JsonRecord): JsonRecord => (options.omitsUsage === true ? {} : usage);
  const answer = ({ method, path, headers, members, body }: ReadRequest): Answer => {
    if (!headers.authorization) return refuse(401);
    const call = /\/v1\/(.+)$/.exec(path)?.[1]?.replace('#stream', '');
    if (method !== 'POST') return refuse(404);
    if (call === 'chat/completions' || call === 'fim/completions' || call === 'agents/completions') return answerChat(members, tell);
    if (call === 'embeddings') return answerEmbeddings(members, tell);
    if (call === 'moderations' || call === 'classifications') return answerModeration(members, tell);
    if (call === 'ocr') return answerOcr(members, tell({ usage_info: { pages_processed: options.pages ?? 3, doc_size_bytes: 12_345 } }));
    if (call !== 'audio/transcriptions') return refuse(404);
    const usage = { prompt_audio_seconds: AUDIO_SECONDS, prompt_tokens: 4, completion_tokens: 30, total_tokens: 409 };
    const model = /name="model"\r\n\r\n([^\r]+)/.exec(body.toString('latin1'))?.[1];
    return jsonAnswer(200, { model, text: 'naïve café', language: null, segments: [], ...tell({ usage }) });
  };
  return startFakeProvider(() => ({ answer, refuse }), options);
}

type Tell = (usage: JsonRecord) => JsonRecord;

function refuse(status: number): Answer {
  return jsonAnswer(status, {
    object: 'error',
    message: `The fake Mistral answers ${status}.`,
    type: 'fake_error',
    param: null,
    code: String(status),
  });
}

function answerChat(members: JsonRecord, tell: Tell): Answer {
  const hash = hashOf(JSON.stringify(members));
  const output = numberOf(members['max_tokens']) ?? 8 + (hash % 33);
  const asked = listOf(members['messages']).map((message) => textOf(recordOf(message)['content']) ?? '');
  const input = countWords([...asked, textOf(members['prompt']) ?? '', textOf(members['suffix']) ?? ''].join(' '));
  const usage = {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: 0 },
  };
  const head = { id: hash.toString(16), model: textOf(members['model']) ?? 'mistral-large-2512', created: CREATED_S };
  const words = writeWords(hash, output).map((word, index) => (index === 0 ? word : ` ${word}`));
  if (members['stream'] !== true) {
    const message = { role: 'assistant', content: words.join(''), tool_calls: null, prefix: false };
    return jsonAnswer(200, {
      ...head,
      object: 'chat.completion',
      choices: [{ index: 0, message, finish_reason: 'stop' }],
      ...tell({ usage }),
    });
  }
  const chunk = (delta: JsonRecord, end: JsonRecord = {}, finish: string | null = null): string =>
    `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }], ...end })}\n\n`;
  const pieces = [
    chunk({ role: 'assistant', content: '' }),
    ...words.map((content) => chunk({ content })),
    chunk({ content: '' }, tell({ usage }), 'stop'),
    'data: [DONE]\n\n',
  ];
  return streamAnswer(
    pieces,
    `data: ${JSON.stringify({ object: 'error', error: { message: 'overloaded', type: 'service_unavailable' } })}\n\n`,
  );
}

function answerEmbeddings(members: JsonRecord, tell: Tell): Answer {
  const inputs = typeof members['input'] === 'string' ? [members['input']] : listOf(members['input'] ?? members['inputs']);
  const tokens = inputs.reduce<number>((sum, input) => sum + countWords(textOf(input) ?? ''), 0);
  const embedding = Array.from({ length: DIMENSIONS }, (_, index) => Math.sin(index));
  const usage = { prompt_tokens: tokens, completion_tokens: 0, total_tokens: tokens, request_count: 1 };
  const rows = inputs.map((_, index) => ({ object: 'embedding', index, embedding }));
  return jsonAnswer(200, { id: 'embd-1', object: 'list', data: rows, model: members['model'], ...tell({ usage }) });
}

function answerModeration(members: JsonRecord, tell: Tell): Answer {
  const inputs = listOf(members['input']);
  const results = inputs.map(() => ({ categories: { selfharm: false }, category_scores: { selfharm: 0.01 } }));
  const usage = { prompt_tokens: 8, completion_tokens: 0, total_tokens: 8 };
  return jsonAnswer(200, { id: 'mod-1', model: members['model'], results, ...tell({ usage }) });
}

function answerOcr(members: JsonRecord, usage: JsonRecord): Answer {
  const page = { index: 0, markdown: '# Ledger', images: [], dimensions: { dpi: 200, height: 2200, width: 1700 } };
  return jsonAnswer(200, { pages: [page], model: members['model'], document_annotation: null, ...usage });
}
