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

export type FakeCohereOptions = FakeProviderOptions & {
  /** Leaves every usage out. */
  readonly omitsUsage?: boolean;
};

/** What is counted is more than what is billed: Cohere's own preamble is free. */
const PREAMBLE_TOKENS = 60;
const DOCUMENTS_PER_SEARCH = 100;

/**
 * Starts a Cohere of the test's own: chat in both versions and their streams, embed, rerank, classify; tokens are words.
 *
 * @example
 * const fake = await startFakeCohere();
 * const cohere = new CohereClient({ token: 'fake', environment: fake.url });
 */
export function startFakeCohere(options: FakeCohereOptions = {}): Promise<FakeProvider> {
  const told = (usage: JsonRecord): JsonRecord => (options.omitsUsage === true ? {} : usage);
  const answer = (request: ReadRequest): Answer => {
    const { method, path, headers, members } = request;
    if (!headers.authorization) return refuse(401);
    const [, version, call] = /\/(v[12])\/([a-z]+)$/.exec(path) ?? [];
    if (method !== 'POST') return refuse(404);
    if (call === 'chat') return version === 'v2' ? answerChat(members, told) : answerOldChat(members, told);
    if (call === 'embed') return answerEmbed(members, told);
    if (call === 'rerank') return answerRerank(members, told);
    if (call === 'classify') return answerClassify(members, told);
    return call === 'tokenize' ? jsonAnswer(200, { tokens: [1, 2], token_strings: ['a', 'b'], meta: metaOf({}) }) : refuse(404);
  };
  return startFakeProvider(() => ({ answer, refuse }), options);
}

type Tell = (usage: JsonRecord) => JsonRecord;

function refuse(status: number): Answer {
  return jsonAnswer(status, { message: `The fake Cohere answers ${status}.` });
}

function planChat(members: JsonRecord, input: number): { readonly words: readonly string[]; readonly usage: JsonRecord } {
  const hash = hashOf(JSON.stringify(members));
  const output = numberOf(members['max_tokens']) ?? 8 + (hash % 33);
  const usage = {
    billed_units: { input_tokens: input, output_tokens: output },
    tokens: { input_tokens: input + PREAMBLE_TOKENS, output_tokens: output + 1 },
  };
  return { words: writeWords(hash, output).map((word, index) => (index === 0 ? word : ` ${word}`)), usage };
}

function answerChat(members: JsonRecord, tell: Tell): Answer {
  const texts = listOf(members['messages']).map((message) => textOf(recordOf(message)['content']) ?? '');
  const { words, usage } = planChat(members, countWords(texts.join(' ')));
  const id = `chat-${hashOf(JSON.stringify(members)).toString(36)}`;
  const content = [{ type: 'text', text: words.join('') }];
  if (members['stream'] !== true) {
    return jsonAnswer(200, { id, finish_reason: 'COMPLETE', message: { role: 'assistant', content }, ...tell({ usage }) });
  }
  const started = { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] };
  const events = [
    { id, type: 'message-start', delta: { message: started } },
    { type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } },
    ...words.map((text) => ({ type: 'content-delta', index: 0, delta: { message: { content: { text } } } })),
    { type: 'content-end', index: 0 },
    { type: 'message-end', id, delta: { finish_reason: 'COMPLETE', ...tell({ usage }) } },
  ];
  const failed = { type: 'message-end', id, delta: { finish_reason: 'ERROR', error: 'The fake Cohere gave up.' } };
  const write = (event: { readonly type: string }): string => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
  return streamAnswer(events.map(write), write(failed));
}

/** Version 1 streams one JSON object a line. */
function answerOldChat(members: JsonRecord, tell: Tell): Answer {
  const { words, usage } = planChat(members, countWords(textOf(members['message']) ?? ''));
  const id = hashOf(JSON.stringify(members)).toString(36);
  const response = {
    response_id: `resp-${id}`,
    generation_id: `gen-${id}`,
    text: words.join(''),
    finish_reason: 'COMPLETE',
    ...tell({ meta: metaOf(usage) }),
  };
  if (members['stream'] !== true) return jsonAnswer(200, response);
  const events = [
    { is_finished: false, event_type: 'stream-start', generation_id: response.generation_id },
    ...words.map((text) => ({ is_finished: false, event_type: 'text-generation', text })),
    { is_finished: true, event_type: 'stream-end', response, finish_reason: 'COMPLETE' },
  ];
  const pieces = events.map((event) => `${JSON.stringify(event)}\n`);
  const errorPiece = `${JSON.stringify({ is_finished: true, event_type: 'stream-end', finish_reason: 'ERROR', error: 'gave up' })}\n`;
  return { status: 200, headers: { 'content-type': 'application/stream+json' }, pieces, errorPiece };
}

function answerEmbed(members: JsonRecord, tell: Tell): Answer {
  const texts = listOf(members['texts']).map((text) => textOf(text) ?? '');
  const images = listOf(members['images']).length;
  const units = { ...(texts.length > 0 ? { input_tokens: countWords(texts.join(' ')) } : {}), ...(images > 0 ? { images } : {}) };
  const embeddings = { float: [...texts, ...Array.from({ length: images }, String)].map((text) => vectorOf(text)) };
  return jsonAnswer(200, {
    id: 'embed-1',
    texts,
    embeddings,
    response_type: 'embeddings_by_type',
    ...tell({ meta: metaOf({ billed_units: units }) }),
  });
}

function answerRerank(members: JsonRecord, tell: Tell): Answer {
  const documents = listOf(members['documents']);
  const results = documents.map((_, index) => ({ index, relevance_score: 1 / (index + 1) }));
  const searches = Math.ceil(documents.length / DOCUMENTS_PER_SEARCH);
  return jsonAnswer(200, { id: 'rerank-1', results, ...tell({ meta: metaOf({ billed_units: { search_units: searches } }) }) });
}

function answerClassify(members: JsonRecord, tell: Tell): Answer {
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
  return jsonAnswer(200, {
    id: 'classify-1',
    classifications,
    ...tell({ meta: metaOf({ billed_units: { classifications: inputs.length } }) }),
  });
}

function metaOf(usage: JsonRecord): JsonRecord {
  return { api_version: { version: '1' }, ...usage };
}

function vectorOf(text: string): readonly number[] {
  return Array.from({ length: 8 }, (_, index) => (hashOf(`${text}:${index}`) % 2000) / 1000 - 1);
}
