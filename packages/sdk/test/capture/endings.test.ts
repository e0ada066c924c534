import OpenAI from 'openai';
import OpenAI4 from 'openai-4';
import { findFreePort } from '@llmobserve/testkit';
import { describe, expect, test } from 'vitest';
import { recordCapture } from './support/record-capture.ts';
import { useFakeOpenAi } from './support/start-fakes.ts';

const MESSAGES = [{ role: 'user' as const, content: 'tell me a long story about a house' }];
const STREAM = { model: 'gpt-4o', messages: MESSAGES, stream: true as const, stream_options: { include_usage: true } };

const CLIENTS: readonly (readonly [string, (url: string) => OpenAI])[] = [
  ['openai 7', (url) => new OpenAI({ apiKey: 'sk-fake', baseURL: `${url}/v1`, maxRetries: 0 })],
  // Safe because version 4 has every method that is called here, with the same parameters.
  ['openai 4', (url) => new OpenAI4({ apiKey: 'sk-fake', baseURL: `${url}/v1`, maxRetries: 0 }) as unknown as OpenAI],
];

describe.each(CLIENTS)('%s', (_name, createClient) => {
  test('a stream the app breaks off is cancelled, estimated, and the provider sees it go', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture();
    fake.bendNext({ hangAfterPieces: 6 });
    let read = 0;
    for await (const _chunk of await createClient(fake.url).chat.completions.create(STREAM)) {
      read += 1;
      if (read === 3) break;
    }
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ status: 'cancelled', usageQuality: 'estimated', streamed: true, model: 'gpt-4o-2024-08-06' });
    expect(call?.usage?.input).toBeGreaterThan(0);
    expect(call?.usage?.output).toBeGreaterThan(0);
    await fake.waitFor(([request]) => request?.isAborted === true);
  });

  test('a stream the app aborts is cancelled and estimated', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture();
    fake.bendNext({ hangAfterPieces: 4 });
    const abort = new AbortController();
    const stream = await createClient(fake.url).chat.completions.create(STREAM, { signal: abort.signal });
    const reading = (async () => {
      for await (const _chunk of stream) abort.abort();
    })();
    await reading.catch(() => undefined);
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ status: 'cancelled', usageQuality: 'estimated' });
    await fake.waitFor(([request]) => request?.isAborted === true);
  });

  test('a stream whose connection dies is an error, and estimated', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture();
    fake.bendNext({ resetAfterPieces: 5 });
    await expect(async () => {
      for await (const _chunk of await createClient(fake.url).chat.completions.create(STREAM));
    }).rejects.toThrow();
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ status: 'error', usageQuality: 'estimated', streamed: true });
    expect(call?.error?.code).toBeTruthy();
    expect(call?.usage?.output).toBeGreaterThan(0);
  });

  test('an error inside a stream is an error with its code, and estimated', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture();
    fake.bendNext({ errorAfterPieces: 4 });
    await expect(async () => {
      for await (const _chunk of await createClient(fake.url).chat.completions.create(STREAM));
    }).rejects.toThrow();
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ status: 'error', usageQuality: 'estimated', error: { code: expect.any(String) } });
  });

  test('a call aborted before its answer is cancelled; what was sent is estimated', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture();
    fake.bendNext({ delayMs: 60_000 });
    const abort = new AbortController();
    const asking = createClient(fake.url).chat.completions.create({ model: 'gpt-4o', messages: MESSAGES }, { signal: abort.signal });
    const refused = expect(asking).rejects.toThrow(/abort/i);
    await fake.waitFor((requests) => requests.length === 1);
    abort.abort();
    await refused;
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ status: 'cancelled', requestedModel: 'gpt-4o', usageQuality: 'estimated' });
    expect(call?.usage?.input).toBeGreaterThan(0);
  });

  test.each([
    [400, 'invalid_request'],
    [401, 'authentication'],
    [429, 'rate_limit'],
    [500, 'server_error'],
  ])('a refusal with %i is one event with its code, and no guess at usage', async (status, code) => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture();
    fake.bendNext({ status });
    await expect(createClient(fake.url).chat.completions.create({ model: 'gpt-4o', messages: MESSAGES })).rejects.toThrow();
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ status: 'error', error: { httpStatus: status, code }, requestedModel: 'gpt-4o', usageQuality: 'unknown' });
    expect(call?.usage).toBeUndefined();
  });

  test('a provider that cannot be reached is an error, and nothing was used', async () => {
    const capture = recordCapture();
    const client = createClient(`http://127.0.0.1:${await findFreePort()}`);
    await expect(client.chat.completions.create({ model: 'gpt-4o', messages: MESSAGES })).rejects.toThrow();
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ status: 'error', error: { code: 'ECONNREFUSED' }, usageQuality: 'unknown' });
  });
});

test('a stream that is never read is handed over when capture stops', async () => {
  const fake = await useFakeOpenAi();
  const capture = recordCapture();
  fake.bendNext({ hangAfterPieces: 5 });
  const response = await fetch(`${fake.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-fake' },
    body: JSON.stringify(STREAM),
  });
  expect(capture.pending()).toBe(1);
  capture.stop();
  expect(capture.calls).toMatchObject([{ status: 'cancelled', usageQuality: 'estimated', streamed: true }]);
  expect(capture.calls[0]?.usage?.input).toBeGreaterThan(0);
  await response.body?.cancel();
});
