import { describe, expect, test } from 'vitest';
import { priceRecorded, readRecorded, type Recorded } from './support/read-recorded.ts';

// Shapes of ai.google.dev/api/generate-content, .../docs/{tokens,caching,priority-inference,embeddings} and
// cloud.google.com/vertex-ai/generative-ai/docs/model-reference/{inference,text-embeddings-api}, seen 2026-11-20.
const HOST = 'https://generativelanguage.googleapis.com/v1beta/models';
const ASKED = { contents: [{ role: 'user', parts: [{ text: 'Tell me the price of a “café” in whole words.' }] }] };
const USAGE = { promptTokenCount: 264, candidatesTokenCount: 80, totalTokenCount: 344 };

const answerOf = (usageMetadata: object, model = 'gemini-2.5-flash'): object => ({
  candidates: [{ content: { parts: [{ text: 'It is dear.' }], role: 'model' }, finishReason: 'STOP', index: 0 }],
  usageMetadata,
  modelVersion: model,
  responseId: 'abcDEF',
});
const chat = (usage: object, model?: string): Recorded => ({
  to: `POST ${HOST}/${model ?? 'gemini-2.5-flash'}:generateContent`,
  asked: ASKED,
  answer: answerOf(usage, model),
});

describe('usage becomes disjoint quantities, priced exactly', () => {
  test.each<readonly [string, Recorded, object, string]>([
    ['plain', chat(USAGE), { input: 264, output: 80 }, '0.000279200000'],
    [
      'thoughts, which the candidates leave out',
      chat({ ...USAGE, thoughtsTokenCount: 1000 }),
      { input: 264, output: 80, reasoning: 1000 },
      '0.002779200000',
    ],
    ['nothing but thoughts', chat({ promptTokenCount: 9, thoughtsTokenCount: 100 }), { input: 9, reasoning: 100 }, '0.000252700000'],
    [
      'a cached prompt, which the total includes',
      chat({ ...USAGE, cachedContentTokenCount: 200 }),
      { input: 64, cachedInput: 200, output: 80 },
      '0.000225200000',
    ],
    ['what tools read', chat({ ...USAGE, toolUsePromptTokenCount: 36 }), { input: 300, output: 80 }, '0.000290000000'],
    [
      'sound and pictures, part of them cached',
      chat({
        promptTokenCount: 1000,
        candidatesTokenCount: 10,
        cachedContentTokenCount: 300,
        promptTokensDetails: [
          { modality: 'TEXT', tokenCount: 442 },
          { modality: 'AUDIO', tokenCount: 300 },
          { modality: 'IMAGE', tokenCount: 258 },
        ],
        cacheTokensDetails: [
          { modality: 'AUDIO', tokenCount: 200 },
          { modality: 'TEXT', tokenCount: 100 },
        ],
      }),
      { input: 342, cachedInput: 100, audioCachedInput: 200, audioInput: 100, imageInput: 258, output: 10 },
      '0.000328000000',
    ],
    [
      'a long prompt, dearer as a whole',
      chat({ promptTokenCount: 250_000, candidatesTokenCount: 100 }, 'gemini-2.5-pro'),
      { input: 250_000, output: 100 },
      '0.626500000000',
    ],
    [
      'a picture that was made',
      chat(
        { promptTokenCount: 10, candidatesTokenCount: 1300, candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 1290 }] },
        'gemini-2.5-flash-image',
      ),
      { input: 10, output: 10, imageOutput: 1290 },
      '0.038728000000',
    ],
    ['flex', chat({ ...USAGE, serviceTier: 'flex' }), { input: 264, output: 80 }, '0.000139600000'],
    ['traffic at the list price', chat({ ...USAGE, trafficType: 'ON_DEMAND' }), { input: 264, output: 80 }, '0.000279200000'],
  ])('%s', (_name, recorded, usage, usd) => {
    const call = readRecorded(recorded);
    expect(call).toMatchObject({ provider: 'google', kind: 'llm', operation: 'chat', responseId: 'abcDEF', usageQuality: 'reported' });
    expect(call?.usage).toEqual(usage);
    expect(call && priceRecorded(call)).toBe(usd);
  });

  test('the tier of a header counts where the usage is silent', () => {
    const call = readRecorded({ ...chat(USAGE), answeredWith: { 'content-type': 'application/json', 'x-gemini-service-tier': 'flex' } });
    expect(call && priceRecorded(call)).toBe('0.000139600000');
  });
});

const TEXTS = ['Cafés', ' cost', ' “dearly”', '.'];
const CHUNKS = TEXTS.map((text, index) => ({
  candidates: [{ content: { parts: [{ text }], role: 'model' }, ...(index === TEXTS.length - 1 && { finishReason: 'STOP' }), index: 0 }],
  usageMetadata: { promptTokenCount: 11, candidatesTokenCount: index + 1, totalTokenCount: 12 + index, thoughtsTokenCount: 7 },
  modelVersion: 'gemini-2.5-flash',
  responseId: 'abcDEF',
}));
const LISTED = `[${CHUNKS.map((chunk) => JSON.stringify(chunk, undefined, 2)).join('\n,\r\n')}\n]\n`;
const STREAM = { to: `POST ${HOST}/gemini-2.5-flash:streamGenerateContent`, asked: ASKED };

describe('a stream', () => {
  test.each<readonly [string, Recorded['answer']]>([
    ['of events', CHUNKS],
    ['written as a list over many lines', LISTED],
    ['written as a list, one line an entry', `[${CHUNKS.map((chunk) => JSON.stringify(chunk)).join(',\n')}]`],
  ])('%s is read by its last totals, wherever it is cut', (_name, answer) => {
    for (const pieceBytes of [1, 2, 3, 7, 64, 1000, 100_000]) {
      const call = readRecorded({ ...STREAM, answer, pieceBytes });
      expect(call).toMatchObject({
        streamed: true,
        status: 'ok',
        model: 'gemini-2.5-flash',
        responseId: 'abcDEF',
        usageQuality: 'reported',
      });
      expect(call?.usage).toEqual({ input: 11, output: 4, reasoning: 7 });
    }
  });

  test.each<readonly [string, Recorded['answer'], number]>([
    ['of events', CHUNKS, 700],
    ['written as a list', LISTED, 1100],
  ])('%s that is left is estimated, and no less than it told so far', (_name, answer, leftAfterBytes) => {
    const call = readRecorded({ ...STREAM, answer, leftAfterBytes });
    expect(call).toMatchObject({ status: 'cancelled', usageQuality: 'estimated', usage: { input: 11, reasoning: 7 } });
    expect(call?.usage?.output).toBeGreaterThanOrEqual(2);
    expect(call?.usage?.output).toBeLessThan(8);
  });

  test('of one chunk too long to be kept is read by its end', () => {
    const [first = {}, ...rest] = CHUNKS;
    const picture = {
      candidates: [{ content: { parts: [{ inlineData: { mimeType: 'image/png', data: 'A'.repeat(300_000) } }] }, finishReason: 'STOP' }],
    };
    const last = {
      ...picture,
      usageMetadata: { promptTokenCount: 11, candidatesTokenCount: 1290 },
      modelVersion: 'gemini-2.5-flash-image',
    };
    const call = readRecorded({ ...STREAM, answer: [first, ...rest.slice(0, 1), last], pieceBytes: 65_536 });
    expect(call).toMatchObject({ usageQuality: 'reported', usage: { input: 11, output: 1290 } });
  });

  test('that ends in an error is a failed call', () => {
    const error = { error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } };
    for (const answer of [
      [CHUNKS[0] ?? {}, error],
      `[${JSON.stringify(CHUNKS[0], undefined, 2)}\n,\r\n${JSON.stringify(error, undefined, 2)}\n]\n`,
    ]) {
      expect(readRecorded({ ...STREAM, answer })).toMatchObject({
        status: 'error',
        error: { code: 'UNAVAILABLE' },
        usageQuality: 'estimated',
      });
    }
  });
});

describe('beside content', () => {
  test('embeddings and pictures have units of their own', () => {
    const embedding = readRecorded({
      to: `POST ${HOST}/gemini-embedding-001:embedContent`,
      asked: { content: { parts: [{ text: 'two words' }] } },
      answer: { embedding: { values: [0.1] }, usageMetadata: { promptTokenCount: 2 } },
    });
    expect(embedding).toMatchObject({
      kind: 'embedding',
      requestedModel: 'gemini-embedding-001',
      usage: { input: 2 },
      usageQuality: 'reported',
    });
    expect(embedding && priceRecorded(embedding)).toBe('0.000000300000');
    const picture = readRecorded({
      to: `POST ${HOST}/imagen-4.0-generate-001:predict`,
      asked: { instances: [{ prompt: 'a ledger' }], parameters: { sampleCount: 2 } },
      answer: { predictions: [{ bytesBase64Encoded: 'AA' }, { bytesBase64Encoded: 'BB' }] },
    });
    expect(picture).toMatchObject({ kind: 'image', usage: { images: 2 }, usageQuality: 'reported' });
    expect(picture && priceRecorded(picture)).toBe('0.080000000000');
  });

  test('at Vertex AI each text of an embedding is counted, and the region is told', () => {
    const to =
      'POST https://europe-west1-aiplatform.googleapis.com/v1/projects/p/locations/europe-west1/publishers/google/models/text-embedding-005:predict';
    const statistics = (token_count: number): object => ({ embeddings: { statistics: { truncated: false, token_count }, values: [0.1] } });
    const call = readRecorded({ to, asked: { instances: [{ content: 'a' }] }, answer: { predictions: [statistics(3), statistics(4)] } });
    expect(call).toMatchObject({ provider: 'vertex', kind: 'embedding', region: 'europe-west1', usage: { input: 7 } });
  });

  test.each([
    ['vertex', '/v1/publishers/google/models/gemini-2.5-flash'],
    ['vertex', '/v1beta1/projects/p/locations/global/publishers/google/models/gemini-2.5-flash'],
    ['google', '/v1beta/models/gemini-2.5-flash'],
    ['google', '/v1beta/tunedModels/mine'],
  ])('%s is known by %s at a host nobody named', (provider, place) => {
    const call = readRecorded({ to: `POST http://127.0.0.1:4000${place}:generateContent`, asked: ASKED, answer: answerOf(USAGE) });
    expect(call).toMatchObject({ provider, usage: { input: 264, output: 80 } });
  });

  test("Google's form of OpenAI is OpenAI's, at Google's prices", () => {
    const call = readRecorded({
      to: 'POST https://generativelanguage.googleapis.com/v1beta/openai/chat/completions',
      asked: { model: 'gemini-2.5-flash', messages: [{ role: 'user', content: 'Hello' }] },
      answer: { id: 'x', model: 'gemini-2.5-flash', choices: [], usage: { prompt_tokens: 264, completion_tokens: 80, total_tokens: 344 } },
    });
    expect(call).toMatchObject({ provider: 'google', operation: 'chat', usage: { input: 264, output: 80 } });
    expect(call && priceRecorded(call)).toBe('0.000279200000');
  });

  test.each(['countTokens', 'computeTokens'])('%s costs nothing', (verb) => {
    const call = readRecorded({ to: `POST ${HOST}/gemini-2.5-flash:${verb}`, asked: ASKED, answer: { totalTokens: 11 } });
    expect(call?.operation).toBe('count_tokens');
    expect(call && priceRecorded(call)).toBe('0.000000000000');
  });

  test.each([
    `GET ${HOST}`,
    `GET ${HOST}/gemini-2.5-flash`,
    'POST https://generativelanguage.googleapis.com/upload/v1beta/files',
    'POST https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1/endpoints/123:predict',
  ])('%s is no call', (to) => {
    expect(readRecorded({ to, answer: {} })).toBeUndefined();
  });
});
