import { describe, expect, test } from 'vitest';
import { priceRecorded, readRecorded, type Recorded } from './support/read-recorded.ts';

// Shapes of docs.cohere.com/reference (v1, v2), docs.mistral.ai/api and docs.voyageai.com/reference, seen 2026-11-20.
const COHERE = 'POST https://api.cohere.com';
const MISTRAL = 'POST https://api.mistral.ai/v1';
const VOYAGE = 'POST https://api.voyageai.com/v1';
const BILLED = { billed_units: { input_tokens: 5, output_tokens: 418 }, tokens: { input_tokens: 71, output_tokens: 418 } };
const MESSAGES = [{ role: 'user', content: 'Tell me about LLMs' }];

type Case = readonly [name: string, recorded: Recorded, call: object, usage: object, usd: string];

describe('Cohere', () => {
  test.each<Case>([
    [
      'bills less than it counts',
      {
        to: `${COHERE}/v2/chat`,
        asked: { model: 'command-a-03-2025', messages: MESSAGES },
        answer: { id: 'c14c80c3', message: {}, usage: BILLED },
      },
      { kind: 'llm', operation: 'chat', requestedModel: 'command-a-03-2025', responseId: 'c14c80c3' },
      { input: 5, output: 418 },
      '0.004192500000',
    ],
    [
      'told the same in another place before',
      {
        to: `${COHERE}/v1/chat`,
        asked: { model: 'command-a-03-2025', message: 'Tell me' },
        answer: { text: 'x', generation_id: 'g1', meta: BILLED },
      },
      { kind: 'llm', operation: 'chat', responseId: 'g1' },
      { input: 5, output: 418 },
      '0.004192500000',
    ],
    [
      'counts the texts of embeddings',
      {
        to: `${COHERE}/v2/embed`,
        asked: { model: 'embed-v4.0', texts: ['a'] },
        answer: { id: 'e', embeddings: { float: [[0.1]] }, meta: { billed_units: { input_tokens: 1000 } } },
      },
      { kind: 'embedding', operation: 'embeddings', requestedModel: 'embed-v4.0' },
      { input: 1000 },
      '0.000120000000',
    ],
    [
      'counts searches of a rerank',
      {
        to: `${COHERE}/v2/rerank`,
        asked: { model: 'rerank-v3.5', query: 'q', documents: ['d'] },
        answer: { id: 'r', results: [], meta: { billed_units: { search_units: 3 } } },
      },
      { kind: 'rerank', operation: 'rerank', requestedModel: 'rerank-v3.5' },
      { rerankSearches: 3 },
      '0.006000000000',
    ],
    [
      'counts classifications, which nobody prices yet',
      {
        to: `${COHERE}/v1/classify`,
        asked: { model: 'embed-english-v3.0', inputs: ['a'] },
        answer: { id: 'k', classifications: [], meta: { billed_units: { classifications: 2 } } },
      },
      { kind: 'llm', operation: 'classify' },
      { classifications: 2 },
      'unpriced 0.000000000000 classifications',
    ],
  ])('%s', (_name, recorded, expected, usage, usd) => {
    const call = readRecorded(recorded);
    expect(call).toMatchObject({ provider: 'cohere', usageQuality: 'reported', ...expected });
    expect(call?.usage).toEqual(usage);
    expect(call && priceRecorded(call)).toBe(usd);
  });

  const texts = ['LLMs', ' are', ' “large”', '.'];
  const v2 = [
    { id: '29f14a5a', type: 'message-start', delta: { message: { role: 'assistant', content: [] } } },
    ...texts.map((text) => ({ type: 'content-delta', index: 0, delta: { message: { content: { text } } } })),
    { type: 'content-end', index: 0 },
    { type: 'message-end', id: '29f14a5a', delta: { finish_reason: 'COMPLETE', usage: BILLED } },
  ];
  const v1 = [
    { is_finished: false, event_type: 'stream-start', generation_id: '29f14a5a' },
    ...texts.map((text) => ({ is_finished: false, event_type: 'text-generation', text })),
    {
      is_finished: true,
      event_type: 'stream-end',
      finish_reason: 'COMPLETE',
      response: { generation_id: '29f14a5a', text: 'x', meta: BILLED },
    },
  ];
  const lines = v1.map((event) => `${JSON.stringify(event)}\n`).join('');
  const asLines = { answer: lines, answeredWith: { 'content-type': 'application/stream+json' } };

  test.each<readonly [string, Omit<Recorded, 'to'>]>([
    ['v2', { answer: v2 }],
    ['v1', asLines],
  ])('a stream of %s is read by its end, wherever it is cut', (version, recorded) => {
    for (const pieceBytes of [1, 5, 33, 10_000]) {
      const call = readRecorded({ to: `${COHERE}/${version}/chat`, asked: { messages: MESSAGES, stream: true }, ...recorded, pieceBytes });
      expect(call).toMatchObject({
        streamed: true,
        status: 'ok',
        responseId: '29f14a5a',
        usage: { input: 5, output: 418 },
        usageQuality: 'reported',
      });
    }
  });

  test('a stream that is left is estimated', () => {
    const left = readRecorded({ to: `${COHERE}/v1/chat`, asked: { message: 'Tell me about LLMs' }, ...asLines, leftAfterBytes: 330 });
    expect(left).toMatchObject({ status: 'cancelled', usageQuality: 'estimated' });
    expect(left?.usage?.output).toBeGreaterThanOrEqual(2);
    expect(left?.usage?.input).toBeGreaterThanOrEqual(3);
  });

  test('tokenizing costs nothing', () => {
    const call = readRecorded({ to: `${COHERE}/v1/tokenize`, asked: { model: 'command-a-03-2025', text: 'a' }, answer: { tokens: [1] } });
    expect(call && priceRecorded(call)).toBe('0.000000000000');
  });
});

describe('Mistral and Voyage', () => {
  test.each<Case>([
    [
      'chat',
      {
        to: `${MISTRAL}/chat/completions`,
        asked: { model: 'mistral-large-latest', messages: MESSAGES },
        answer: {
          id: 'cmpl-1',
          model: 'mistral-large-2512',
          usage: { prompt_tokens: 16, completion_tokens: 34, total_tokens: 50, prompt_tokens_details: { cached_tokens: 6 } },
        },
      },
      { provider: 'mistral', operation: 'chat', model: 'mistral-large-2512' },
      { input: 10, cachedInput: 6, output: 34 },
      '0.000056300000',
    ],
    [
      'filling in the middle',
      {
        to: `${MISTRAL}/fim/completions`,
        asked: { model: 'codestral-2508', prompt: 'def', suffix: 'return' },
        answer: { id: 'f', model: 'codestral-2508', usage: { prompt_tokens: 8, completion_tokens: 91, total_tokens: 99 } },
      },
      { provider: 'mistral', operation: 'completions', model: 'codestral-2508' },
      { input: 8, output: 91 },
      '0.000084300000',
    ],
    [
      'pages of a document',
      {
        to: `${MISTRAL}/ocr`,
        asked: { model: 'mistral-ocr-latest', document: {} },
        answer: { pages: [], model: 'mistral-ocr-2512', usage_info: { pages_processed: 29, doc_size_bytes: null } },
      },
      { provider: 'mistral', operation: 'ocr', model: 'mistral-ocr-2512' },
      { pages: 29 },
      '0.058000000000',
    ],
    [
      'seconds that were heard, and no tokens beside them',
      {
        to: `${MISTRAL}/audio/transcriptions`,
        answer: {
          model: 'voxtral-mini-2602',
          text: 'x',
          usage: { prompt_audio_seconds: 203, prompt_tokens: 4, completion_tokens: 635, total_tokens: 3264 },
        },
      },
      { provider: 'mistral', kind: 'audio', operation: 'transcription', model: 'voxtral-mini-2602' },
      { seconds: 203 },
      '0.010150000000',
    ],
    [
      'embeddings',
      {
        to: `${VOYAGE}/embeddings`,
        asked: { model: 'voyage-4-lite', input: ['a'] },
        answer: { object: 'list', data: [], model: 'voyage-4-lite', usage: { total_tokens: 1000 } },
      },
      { provider: 'voyage', kind: 'embedding', operation: 'embeddings' },
      { input: 1000 },
      '0.000020000000',
    ],
    [
      'rerank',
      {
        to: `${VOYAGE}/rerank`,
        asked: { model: 'rerank-2.5', query: 'q', documents: ['d'] },
        answer: { object: 'list', data: [], model: 'rerank-2.5', usage: { total_tokens: 26 } },
      },
      { provider: 'voyage', kind: 'rerank', operation: 'rerank' },
      { input: 26 },
      '0.000001300000',
    ],
    [
      'pictures beside words, whose pixels have no price yet',
      {
        to: `${VOYAGE}/multimodalembeddings`,
        asked: { model: 'voyage-4-lite', inputs: [] },
        answer: { data: [], model: 'voyage-4-lite', usage: { text_tokens: 5, image_pixels: 2_000_000, total_tokens: 3576 } },
      },
      { provider: 'voyage', kind: 'embedding', operation: 'embeddings' },
      { input: 5, imagePixels: 2_000_000 },
      'unpriced 0.000000100000 imagePixels',
    ],
  ])('%s', (_name, recorded, expected, usage, usd) => {
    const call = readRecorded(recorded);
    expect(call).toMatchObject({ usageQuality: 'reported', ...expected });
    expect(call?.usage).toEqual(usage);
    expect(call && priceRecorded(call)).toBe(usd);
  });

  test('Mistral at Vertex AI is read by its place', () => {
    const to =
      'POST https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1/publishers/mistralai/models/mistral-small-2503:rawPredict';
    const answer = { id: 'x', model: 'mistral-small-2503', usage: { prompt_tokens: 16, completion_tokens: 34, total_tokens: 50 } };
    const call = readRecorded({ to, asked: { model: 'mistral-small-2503', messages: MESSAGES }, answer });
    expect(call).toMatchObject({ provider: 'vertex', operation: 'chat', region: 'us-central1', usage: { input: 16, output: 34 } });
  });

  test.each([
    ['mistral', 'fim/completions'],
    ['mistral', 'agents/completions'],
    ['mistral', 'ocr'],
    ['voyage', 'multimodalembeddings'],
    ['openai', 'chat/completions'],
  ])('%s is known by %s at a host nobody named', (provider, path) => {
    const asked = { model: 'm', prompt: 'a', messages: [], document: {}, inputs: [] };
    expect(readRecorded({ to: `POST http://127.0.0.1:4000/v1/${path}`, asked, answer: { usage: {} } })?.provider).toBe(provider);
  });

  test("Mistral's last chunk tells the usage of a stream", () => {
    const chunk = (content: string, end: object = {}): object => ({
      id: 'cmpl-1',
      model: 'mistral-large-2512',
      choices: [{ delta: { content } }],
      ...end,
    });
    const answer = [chunk('Hello'), chunk(' there'), chunk('', { usage: { prompt_tokens: 16, completion_tokens: 2, total_tokens: 18 } })];
    const call = readRecorded({ to: `${MISTRAL}/chat/completions`, asked: { model: 'm', messages: MESSAGES, stream: true }, answer });
    expect(call).toMatchObject({ provider: 'mistral', streamed: true, usage: { input: 16, output: 2 }, usageQuality: 'reported' });
  });
});
