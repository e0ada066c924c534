import OpenAI from 'openai';
import OpenAI4 from 'openai-4';
import { describe, expect, test } from 'vitest';
import { recordCapture } from './support/record-capture.ts';
import { useFakeOpenAi } from './support/start-fakes.ts';

const ASK = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'try until it works' }] };
const SOON = { retryAfterMs: 5 };

const CLIENTS: readonly (readonly [string, (url: string) => OpenAI])[] = [
  ['openai 7', (url) => new OpenAI({ apiKey: 'sk-fake', baseURL: `${url}/v1` })],
  // Safe because version 4 has every method that is called here, with the same parameters.
  ['openai 4', (url) => new OpenAI4({ apiKey: 'sk-fake', baseURL: `${url}/v1` }) as unknown as OpenAI],
];

describe.each(CLIENTS)('%s', (_name, createClient) => {
  test('a call that succeeds at its third attempt is one call of three attempts, begun with the first', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture();
    fake.bendNext({ status: 429, ...SOON }, { status: 500, ...SOON });
    const beforeMs = Date.now();
    await createClient(fake.url).chat.completions.create(ASK);
    const [call] = await capture.untilCalls(1);
    expect(fake.requests).toHaveLength(3);
    expect(call).toMatchObject({ status: 'ok', attempts: 3, usageQuality: 'reported' });
    expect(call?.startedAtMs).toBeGreaterThanOrEqual(beforeMs);
    expect(capture.calls).toHaveLength(1);
    expect(capture.pending()).toBe(0);
  });

  test('a call that fails to the end is one failed call with all its attempts', async () => {
    const fake = await useFakeOpenAi({ quirk: { status: 503, ...SOON } });
    const capture = recordCapture();
    await expect(createClient(fake.url).chat.completions.create(ASK)).rejects.toThrow();
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ status: 'error', attempts: 3, error: { httpStatus: 503, code: 'server_error' } });
    expect(capture.calls).toHaveLength(1);
  });

  test('calls of two customers that fail at once are folded each with its own retry', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture();
    const client = createClient(fake.url);
    fake.bendNext({ status: 500, ...SOON }, { status: 500, ...SOON });
    await Promise.all(['acme', 'globex'].map((customer) => capture.asCustomer(customer, () => client.chat.completions.create(ASK))));
    const calls = await capture.untilCalls(2);
    expect(calls.map(({ scope, attempts }) => `${scope?.customer} ${attempts}`).toSorted()).toEqual(['acme 2', 'globex 2']);
  });
});

test('a connection that dies before the answer is retried as one call', async () => {
  const fake = await useFakeOpenAi();
  const capture = recordCapture();
  fake.bendNext({ resetAfterPieces: 0 });
  await new OpenAI({ apiKey: 'sk-fake', baseURL: `${fake.url}/v1` }).chat.completions.create(ASK).catch(() => undefined);
  const calls = await capture.untilCalls(1);
  expect(calls[0]?.attempts).toBe(fake.requests.length);
});

test('two calls that only look alike stay two', async () => {
  const fake = await useFakeOpenAi();
  const capture = recordCapture();
  const ask = (content: string) =>
    fetch(`${fake.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk-fake' },
      body: JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content }] }),
    });
  fake.bendNext({ status: 500 });
  await ask('one question').then((answer) => answer.text());
  await ask('another question').then((answer) => answer.text());
  const calls = await capture.untilCalls(2);
  expect(calls.map(({ status, attempts }) => `${status} ${attempts}`).toSorted()).toEqual(['error 1', 'ok 1']);
});

test('a failure waiting for its retry is handed over when capture stops', async () => {
  const fake = await useFakeOpenAi({ quirk: { status: 500, retryAfterMs: 50_000 } });
  const capture = recordCapture();
  const client = new OpenAI({ apiKey: 'sk-fake', baseURL: `${fake.url}/v1`, maxRetries: 0 });
  await expect(client.chat.completions.create(ASK)).rejects.toThrow();
  expect(capture.pending()).toBe(1);
  capture.stop();
  expect(capture.calls).toMatchObject([{ status: 'error', attempts: 1 }]);
});

test('a failure followed by what was no call at all is counted once', async () => {
  const fake = await useFakeOpenAi();
  const capture = recordCapture();
  const ask = () =>
    fetch(`${fake.url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(ASK), redirect: 'manual' }).then((answer) =>
      answer.text(),
    );
  fake.bendNext({ status: 503 }, { status: 307 });
  await ask();
  await ask();
  capture.stop();
  expect(capture.calls).toMatchObject([{ status: 'error', attempts: 1, error: { httpStatus: 503 } }]);
});
