import { Pinecone } from '@pinecone-database/pinecone';
import OpenAI from 'openai';
import { describe, expect, onTestFinished, test } from 'vitest';
import { installFetchTaps, installTaps, observeClient } from '../../src/wire/index.ts';
import { OPEN_AI_CLIENTS } from '../capture/support/open-ai-clients.ts';
import { recordCapture, type RecordedCapture } from '../capture/support/record-capture.ts';
import { useFakeOpenAi, useFakePinecone } from '../capture/support/start-fakes.ts';

const ASK = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'hello' }] };
const USED = { model: 'gpt-4o-2024-08-06', usageQuality: 'reported', status: 'ok', attempts: 1 };

function observed<Client extends object>(client: Client, capture: () => RecordedCapture | undefined): Client {
  expect(observeClient(client, () => capture()?.callFetch)).toBeGreaterThan(0);
  return client;
}

describe.each([
  ['on Node, where the wire sees it too', installTaps],
  ['where nothing but fetch is seen', installFetchTaps],
])('an observed client, %s', (_name, taps) => {
  test('is captured once, though it was made before', async () => {
    const openAi = await useFakeOpenAi();
    const client = new OpenAI({ apiKey: 'sk-fake', baseURL: `${openAi.url}/v1` });
    const capture = recordCapture({ installTaps: taps });
    observed(client, () => capture);
    await capture.asCustomer('acme', () => client.chat.completions.create(ASK));
    await capture.asCustomer('beta', async () => {
      for await (const chunk of await client.chat.completions.create({ ...ASK, stream: true, stream_options: { include_usage: true } }))
        expect(chunk.id).toBeTruthy();
    });
    expect(await capture.untilCalls(2)).toMatchObject([
      { ...USED, scope: { customer: 'acme' }, streamed: false },
      { ...USED, scope: { customer: 'beta' }, streamed: true },
    ]);
    expect(capture.pending()).toBe(0);
  });

  test('made afterwards, and observed twice, is captured once', async () => {
    const openAi = await useFakeOpenAi();
    const capture = recordCapture({ installTaps: taps });
    const client = new OpenAI({ apiKey: 'sk-fake', baseURL: `${openAi.url}/v1` });
    observed(client, () => capture);
    const fetch: unknown = Reflect.get(client, 'fetch');
    observed(client, () => capture);
    expect(Reflect.get(client, 'fetch')).toBe(fetch);
    await client.chat.completions.create(ASK);
    expect(await capture.untilCalls(1)).toMatchObject([USED]);
    expect(capture.pending()).toBe(0);
  });

  test('whose tries fail is one call with each of them', async () => {
    const openAi = await useFakeOpenAi();
    const client = new OpenAI({ apiKey: 'sk-fake', baseURL: `${openAi.url}/v1`, maxRetries: 1 });
    const capture = recordCapture({ installTaps: taps });
    observed(client, () => capture);
    openAi.bendNext({ status: 429, retryAfterMs: 1 });
    await client.chat.completions.create(ASK);
    expect(await capture.untilCalls(1)).toMatchObject([{ ...USED, attempts: 2 }]);
  });

  test('of Pinecone is captured, however deep it keeps its fetch', async () => {
    const fake = await useFakePinecone();
    const pinecone = new Pinecone({ apiKey: 'pc-fake', controllerHostUrl: fake.url });
    const index = pinecone.index('docs', fake.url);
    await index.query({ id: '1', topK: 1 });
    const capture = recordCapture({ installTaps: taps });
    observed(index, () => capture);
    await index.query({ id: '1', topK: 1 });
    expect(await capture.untilCalls(1)).toMatchObject([{ provider: 'pinecone', operation: 'query', usageQuality: 'reported' }]);
    expect(capture.pending()).toBe(0);
  });

  test('with a fetch of the app’s own that never touches the wire is captured too', async () => {
    const capture = recordCapture({ installTaps: taps });
    const answer = { id: 'chatcmpl-1', model: 'gpt-4o-2024-08-06', choices: [], usage: { prompt_tokens: 3, completion_tokens: 1 } };
    const fetch = (): Promise<Response> => Promise.resolve(Response.json(answer));
    const client = observed(new OpenAI({ apiKey: 'sk-fake', fetch }), () => capture);
    await client.chat.completions.create(ASK);
    expect(await capture.untilCalls(1)).toMatchObject([{ ...USED, usage: { input: 3, output: 1 } }]);
  });

  test('whose own fetch asks somebody else on the way is two calls', async () => {
    const openAi = await useFakeOpenAi();
    const guard = await useFakeOpenAi();
    const capture = recordCapture({ installTaps: taps });
    const client = new OpenAI({
      apiKey: 'sk-fake',
      baseURL: `${openAi.url}/v1`,
      async fetch(url, init) {
        await (await globalThis.fetch(`${guard.url}/v1/chat/completions`, { ...init, method: 'POST' })).json();
        return globalThis.fetch(url, init);
      },
    });
    observed(client, () => capture);
    await client.chat.completions.create(ASK);
    expect(await capture.untilCalls(2)).toMatchObject([USED, USED]);
    expect(capture.pending()).toBe(0);
  });
});

test.each(OPEN_AI_CLIENTS)('%s, observed and captured no more, works as it did', async (_name, connect) => {
  const openAi = await useFakeOpenAi();
  const client = connect(openAi.url);
  let capture: RecordedCapture | undefined = recordCapture();
  const seen = capture;
  observed(client, () => capture);
  await client.chat.completions.create(ASK);
  await seen.untilCalls(1);
  seen.stop();
  capture = undefined;
  expect((await client.chat.completions.create(ASK)).model).toBe('gpt-4o-2024-08-06');
  expect(seen.calls).toHaveLength(1);
});

test.each([
  ['without a fetch', {}],
  ['that is frozen', Object.freeze({ fetch: globalThis.fetch })],
  ['that holds itself', { self: undefined }],
  ['whose getters throw', Object.defineProperty({}, 'fetch', { get: () => expect.fail('a getter was asked'), enumerable: true })],
])('a client %s is left as it is', (_name, client) => {
  if ('self' in client) Object.assign(client, { self: client });
  const before = Object.getOwnPropertyDescriptors(client);
  expect(observeClient(client, () => undefined)).toBe(0);
  expect(Object.getOwnPropertyDescriptors(client)).toEqual(before);
});

test('calls in a fetch that fails at once, or gives no promise, stay the app’s own', async () => {
  const capture = recordCapture();
  const client = { fetch: (): unknown => 'no promise' };
  observed(client, () => capture);
  expect(client.fetch()).toBe('no promise');
  onTestFinished(() => expect(capture.faults).toEqual([]));
});
