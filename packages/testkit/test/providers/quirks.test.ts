import OpenAI from 'openai';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startFakeOpenAi, type FakeProvider } from '../../src/index.ts';

let fake: FakeProvider;
let openai: OpenAI;
beforeEach(async () => {
  fake = await startFakeOpenAi();
  openai = new OpenAI({ apiKey: 'sk-fake', baseURL: `${fake.url}/v1`, maxRetries: 0 });
});
afterEach(() => fake.close());

const body = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'naïve café' }], max_completion_tokens: 30 };
const ask = () => openai.chat.completions.create(body);
const stream = () => openai.chat.completions.create({ ...body, stream: true, stream_options: { include_usage: true } });
const textOf = (chunks: readonly OpenAI.ChatCompletionChunk[]) => chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');

test.each([
  [401, OpenAI.AuthenticationError],
  [429, OpenAI.RateLimitError],
  [500, OpenAI.InternalServerError],
])('a %i reaches the client as its own error', async (status, kind) => {
  fake.bendNext({ status });
  await expect(ask()).rejects.toBeInstanceOf(kind);
});

test('a client that retries is told when, and succeeds', async () => {
  fake.bendNext({ status: 429, retryAfterMs: 1 }, { status: 500, retryAfterMs: 1 });
  const answer = await openai.chat.completions.create(body, { maxRetries: 2 });
  expect(answer.usage?.completion_tokens).toBe(30);
  expect(fake.requests.map((request) => request.headers['x-stainless-retry-count'])).toEqual(['0', '1', '2']);
});

test.each(['gzip', 'br', 'deflate'] as const)('%s is decoded to the same answer, whole and streamed', async (compress) => {
  const plain = await Array.fromAsync(await stream());
  fake.bendNext({ compress }, { compress, pieceBytes: 7 });
  expect((await ask()).choices[0]?.message.content?.split(' ')).toHaveLength(30);
  expect(textOf(await Array.fromAsync(await stream()))).toBe(textOf(plain));
});

test('pieces of one byte split lines and characters, and nothing is lost', async () => {
  const plain = await Array.fromAsync(await stream());
  fake.bendNext({ pieceBytes: 1 });
  const split = await Array.fromAsync(await stream());
  expect(textOf(split)).toBe(textOf(plain));
  expect(textOf(split)).toMatch(/[^\x20-\x7e]/);
});

test('an error inside a stream ends it', async () => {
  fake.bendNext({ errorAfterPieces: 3 });
  await expect(Array.fromAsync(await stream())).rejects.toBeInstanceOf(OpenAI.APIError);
});

test('a malformed body and a malformed stream are errors', async () => {
  fake.bendNext({ isMalformed: true }, { isMalformed: true });
  await expect(ask()).rejects.toThrow();
  await expect(Array.fromAsync(await stream())).rejects.toThrow();
});

test('a reset in mid-stream breaks the connection and is no abort of the caller', async () => {
  fake.bendNext({ resetAfterPieces: 4 });
  await expect(Array.fromAsync(await stream())).rejects.toThrow();
  await fake.waitFor(([request]) => request?.isAnswered === true);
  expect(fake.requests[0]?.isAborted).toBe(false);
});

test('a caller that walks away is seen', async () => {
  fake.bendNext({ hangAfterPieces: 3 });
  for await (const _chunk of await stream()) break;
  await fake.waitFor(([request]) => request?.isAborted === true);
});

test('a slow provider can be given up on', async () => {
  fake.bendNext({ delayMs: 60_000 });
  await expect(openai.chat.completions.create(body, { timeout: 20 })).rejects.toBeInstanceOf(OpenAI.APIConnectionTimeoutError);
  await fake.waitFor(([request]) => request?.isAborted === true);
});

test('a condition that never comes true is an error with words', async () => {
  const hasty = await startFakeOpenAi({ waitTimeoutMs: 5 });
  await expect(hasty.waitFor(() => false)).rejects.toThrow('did not come true');
  await hasty.close();
});
