import OpenAI from 'openai';
import OpenAI4 from 'openai-4';
import { fetch as undiciFetch } from 'undici';
import { describe, expect, test } from 'vitest';
import { startEcho } from '../wire/support/start-echo.ts';
import { recordCapture } from './support/record-capture.ts';
import { useFakeOpenAi } from './support/start-fakes.ts';

const ASK = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'three words here' }] };
const STREAM = { ...ASK, stream: true as const, stream_options: { include_usage: true } };
const HEADERS = { authorization: 'Bearer sk-fake', 'content-type': 'application/json' };

const CLIENTS: readonly (readonly [string, (url: string, body: object) => Promise<void>])[] = [
  [
    'fetch',
    async (url, body) => {
      const answer = await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers: HEADERS, body: JSON.stringify(body) });
      await answer.text();
    },
  ],
  [
    "npm's fetch",
    async (url, body) => {
      const answer = await undiciFetch(`${url}/v1/chat/completions`, { method: 'POST', headers: HEADERS, body: JSON.stringify(body) });
      await answer.text();
    },
  ],
  [
    'openai 4 over http',
    async (url, body) => {
      // Safe because both bodies are what this method takes.
      const answer = await new OpenAI4({ apiKey: 'sk-fake', baseURL: `${url}/v1` }).chat.completions
        .create(body as typeof ASK)
        .asResponse();
      await answer.text();
    },
  ],
];

describe.each(CLIENTS)('%s', (_name, ask) => {
  test.each(['gzip', 'deflate', 'br'] as const)('an answer in %s is decoded', async (compress) => {
    const fake = await useFakeOpenAi({ quirk: { compress } });
    const capture = recordCapture();
    await ask(fake.url, ASK);
    await ask(fake.url, STREAM);
    const calls = await capture.untilCalls(2);
    expect(calls).toMatchObject([
      { usageQuality: 'reported', usage: { input: 3 }, streamed: false },
      { usageQuality: 'reported', usage: { input: 3 }, streamed: true },
    ]);
    expect(calls[1]?.firstTokenMs).toBeGreaterThanOrEqual(0);
  });

  test('an answer that comes byte by byte is read the same', async () => {
    const fake = await useFakeOpenAi({ quirk: { pieceBytes: 1 }, planTokens: (_ask, plan) => ({ ...plan, output: 4, reasoning: 0 }) });
    const capture = recordCapture();
    await ask(fake.url, ASK);
    await ask(fake.url, STREAM);
    const calls = await capture.untilCalls(2);
    expect(calls.map(({ usage }) => usage)).toEqual([
      { input: 3, output: 4 },
      { input: 3, output: 4 },
    ]);
  });
});

test('a stream far longer than what is kept of it still tells its usage, its model and its first token', async () => {
  const fake = await useFakeOpenAi();
  const capture = recordCapture();
  const client = new OpenAI({ apiKey: 'sk-fake', baseURL: `${fake.url}/v1` });
  const long = { max_completion_tokens: 3000 };
  for (const include_usage of [true, false]) {
    for await (const _chunk of await client.chat.completions.create({ ...STREAM, ...long, stream_options: { include_usage } }));
  }
  const [reported, estimated] = await capture.untilCalls(2);
  expect(reported).toMatchObject({ model: 'gpt-4o-2024-08-06', usageQuality: 'reported', usage: { input: 3, output: 3000 } });
  expect(reported?.firstTokenMs).toBeLessThanOrEqual(reported?.durationMs ?? -1);
  expect(estimated).toMatchObject({ model: 'gpt-4o-2024-08-06', usageQuality: 'estimated' });
  // The fake's tokens are words of several syllables, which a real tokenizer would cut; all of them were counted.
  expect(estimated?.usage?.output).toBeGreaterThan(2400);
  expect(estimated?.usage?.output).toBeLessThan(6000);
});

test('a response whose last event is longer than what is kept of it still tells its usage', async () => {
  const fake = await useFakeOpenAi({ quirk: { pieceBytes: 2000 } });
  const capture = recordCapture();
  const client = new OpenAI({ apiKey: 'sk-fake', baseURL: `${fake.url}/v1` });
  const stream = await client.responses.create({ model: 'gpt-5', input: 'at length', stream: true, max_output_tokens: 9000 });
  for await (const _event of stream);
  const [call] = await capture.untilCalls(1);
  expect(call).toMatchObject({ model: 'gpt-5-2025-08-07', usageQuality: 'reported', usage: { input: 2, reasoning: 128, output: 8872 } });
});

test('a stream without its content type, from a gateway that writes JSON with spaces, is read as a stream', async () => {
  const chunk = '{"id": "c-1", "model": "llama-3", "choices": [{"delta": {"content": "several words at once"}}]}';
  const gateway = await startEcho((_request, response) => void response.end(`data: ${chunk}\n\ndata: [DONE]\n\n`));
  const capture = recordCapture();
  await fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(STREAM) }).then((answer) => answer.text());
  const [call] = await capture.untilCalls(1);
  expect(call).toMatchObject({ streamed: true, model: 'llama-3', usageQuality: 'estimated', usage: { output: 4 } });
});

test('an own gateway named in the settings is captured as the provider it stands for', async () => {
  const fake = await useFakeOpenAi();
  const capture = recordCapture({ providers: { [new URL(fake.url).host]: 'groq' } });
  await fetch(`${fake.url}/chat/completions`, { method: 'POST', headers: HEADERS, body: JSON.stringify(ASK) }).then((answer) =>
    answer.text(),
  );
  const [call] = await capture.untilCalls(1);
  expect(call).toMatchObject({ provider: 'groq', operation: 'chat' });
});

test('the SDK’s own traffic and strangers at a familiar path are not captured', async () => {
  const fake = await useFakeOpenAi();
  const capture = recordCapture({ isOwnHost: (host) => host === new URL(fake.url).host });
  await fetch(`${fake.url}/v1/chat/completions`, { method: 'POST', headers: HEADERS, body: JSON.stringify(ASK) }).then((answer) =>
    answer.text(),
  );
  const stranger = await useFakeOpenAi();
  await fetch(`${stranger.url}/v1/responses`, { method: 'POST', headers: HEADERS, body: '{"survey":1}' }).then((answer) => answer.text());
  await fetch(`${stranger.url}/v1/embeddings`, { method: 'POST', headers: HEADERS, body: '{"model":"m","input":"x"}' }).then((answer) =>
    answer.text(),
  );
  expect(await capture.untilCalls(1)).toMatchObject([{ operation: 'embeddings' }]);
});

test('the usage of an answer too large to be kept is read from its end', async () => {
  const vectors = Array.from({ length: 60 }, (_, index) => ({
    object: 'embedding',
    index,
    embedding: Array.from({ length: 1536 }, () => -0.012345678),
  }));
  const usage = { prompt_tokens: 77, total_tokens: 77 };
  const answer = JSON.stringify({ object: 'list', data: vectors, model: 'text-embedding-3-small', usage });
  expect(answer.length).toBeGreaterThan(1024 * 1024);
  const echo = await startEcho((_request, response) => void response.setHeader('content-type', 'application/json').end(answer));
  const capture = recordCapture();
  const body = JSON.stringify({ model: 'text-embedding-3-small', input: ['one', 'two'] });
  await (await fetch(`${echo.url}/v1/embeddings`, { method: 'POST', headers: HEADERS, body })).json();
  const [call] = await capture.untilCalls(1);
  expect(call).toMatchObject({ usageQuality: 'reported', usage: { input: 77 }, model: 'text-embedding-3-small' });
});
