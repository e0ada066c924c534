import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { type FakeBedrockOptions, type FakeProvider, startFakeBedrock } from '@llmobserve/testkit';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { once } from 'node:events';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { recordCapture } from './support/record-capture.ts';
import { closedAtEnd } from './support/start-fakes.ts';

const CLAUDE = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const ASK = { messages: [{ role: 'user' as const, content: [{ text: 'how many words are these' }] }], inferenceConfig: { maxTokens: 20 } };
const BODY = { messages: [{ role: 'user', content: 'how many words are these' }], max_tokens: 20, anthropic_version: 'bedrock-2023-05-31' };

async function useBedrock(options: FakeBedrockOptions = {}): Promise<{ fake: FakeProvider; bedrock: BedrockRuntimeClient }> {
  const fake = closedAtEnd(await startFakeBedrock(options));
  const bedrock = new BedrockRuntimeClient({
    endpoint: fake.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKFAKE', secretAccessKey: 'fake' },
    requestHandler: new NodeHttpHandler(),
  });
  return { fake, bedrock };
}

const invoke = (modelId: string, body: object = BODY) => ({ modelId, contentType: 'application/json', body: JSON.stringify(body) });

async function readAll(pieces: AsyncIterable<unknown> | undefined): Promise<void> {
  for await (const piece of pieces ?? []) void piece;
}

describe('converse', () => {
  test('is captured at a host nobody named, by the name in its path', async () => {
    const { bedrock } = await useBedrock({
      tier: 'flex',
      planUsage: (planned) => ({ ...planned, cacheRead: 7, cacheWrite5m: 3, cacheWrite1h: 2 }),
    });
    const capture = recordCapture();
    const answer = await bedrock.send(new ConverseCommand({ modelId: CLAUDE, ...ASK }));
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({
      kind: 'llm',
      provider: 'bedrock',
      operation: 'chat',
      model: CLAUDE,
      requestedModel: CLAUDE,
      responseId: answer.$metadata.requestId,
      status: 'ok',
      usage: { input: 5, cachedInput: 7, cacheWrite5m: 3, cacheWrite1h: 2, output: 20 },
      usageQuality: 'reported',
      serviceTier: 'flex',
    });
  });

  test.each([{}, { pieceBytes: 17 }])('its stream is read by the last event (%j)', async (quirk) => {
    const { fake, bedrock } = await useBedrock();
    const capture = recordCapture();
    fake.bendNext(quirk);
    await readAll((await bedrock.send(new ConverseStreamCommand({ modelId: CLAUDE, ...ASK }))).stream);
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ model: CLAUDE, streamed: true, status: 'ok', usage: { input: 5, output: 20 }, usageQuality: 'reported' });
  });

  test('a long stream of which only the ends are kept is read alike', async () => {
    const { bedrock } = await useBedrock();
    const capture = recordCapture();
    const long = { ...ASK, inferenceConfig: { maxTokens: 900 } };
    await readAll((await bedrock.send(new ConverseStreamCommand({ modelId: CLAUDE, ...long }))).stream);
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ status: 'ok', usage: { input: 5, output: 900 }, usageQuality: 'reported' });
  });

  test('an exception in its stream is a failed call of an estimated size', async () => {
    const { fake, bedrock } = await useBedrock();
    const capture = recordCapture();
    fake.bendNext({ errorAfterPieces: 6 });
    const { stream } = await bedrock.send(new ConverseStreamCommand({ modelId: CLAUDE, ...ASK }));
    await expect(readAll(stream)).rejects.toThrow();
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ status: 'error', error: { code: 'modelStreamErrorException' }, usageQuality: 'estimated' });
    expect(call?.usage?.output).toBeGreaterThanOrEqual(3);
  });

  test('is one call however often it was tried', async () => {
    const { fake, bedrock } = await useBedrock();
    const capture = recordCapture();
    fake.bendNext({ status: 429 });
    await bedrock.send(new ConverseCommand({ modelId: CLAUDE, ...ASK }));
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ status: 'ok', attempts: 2 });
  });
});

test('over HTTP/2, as the client goes by itself, calls are captured too', async () => {
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ output: {}, usage: { inputTokens: 5, outputTokens: 7, totalTokens: 12 } }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const capture = recordCapture();
  // Safe because a server that listens on TCP has an address and a port.
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const bedrock = new BedrockRuntimeClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKFAKE', secretAccessKey: 'fake' },
  });
  onTestFinished(() => {
    bedrock.destroy();
    server.close();
  });
  await bedrock.send(new ConverseCommand({ modelId: CLAUDE, ...ASK }));
  const [call] = await capture.untilCalls(1);
  expect(call).toMatchObject({ provider: 'bedrock', model: CLAUDE, status: 'ok', usage: { input: 5, output: 7 } });
  expect(capture.calls).toHaveLength(1);
});

describe('invoke', () => {
  test.each<readonly [model: string, body: object, usage: object, kind: string]>([
    [CLAUDE, BODY, { input: 5, output: 20 }, 'llm'],
    ['meta.llama3-1-8b-instruct-v1:0', { prompt: 'two words', max_gen_len: 9 }, { input: 2, output: 9 }, 'llm'],
    ['mistral.mistral-large-2402-v1:0', { prompt: 'two words', max_tokens: 9 }, { input: 2, output: 9 }, 'llm'],
    ['amazon.titan-embed-text-v2:0', { inputText: 'and three words' }, { input: 3 }, 'embedding'],
    ['cohere.embed-english-v3', { texts: ['two words', 'and three more'], input_type: 'search_query' }, { input: 5 }, 'embedding'],
  ])('%s tells its tokens in its body or in the head', async (model, body, usage, kind) => {
    const { bedrock } = await useBedrock();
    const capture = recordCapture();
    await bedrock.send(new InvokeModelCommand(invoke(model, body)));
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ kind, provider: 'bedrock', model, usageQuality: 'reported' });
    expect(call?.usage).toEqual(usage);
  });

  test.each([20, 700])('a packed stream of %i words tells its tokens in the last piece', async (max_tokens) => {
    const { bedrock } = await useBedrock({ planUsage: (planned) => ({ ...planned, cacheWrite1h: 6 }) });
    const capture = recordCapture();
    const { body } = await bedrock.send(new InvokeModelWithResponseStreamCommand(invoke(CLAUDE, { ...BODY, max_tokens })));
    await readAll(body);
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ model: CLAUDE, streamed: true, status: 'ok', usageQuality: 'reported' });
    expect(call?.usage).toEqual({ input: 5, output: max_tokens, cacheWrite1h: 6 });
    expect(call?.responseId).toMatch(/^msg_bdrk_/);
    expect(call?.firstTokenMs).toBeGreaterThanOrEqual(0);
  });

  test('a packed stream that tells no tokens is estimated from what was unpacked', async () => {
    const { bedrock } = await useBedrock({ omitsUsage: true });
    const capture = recordCapture();
    await readAll((await bedrock.send(new InvokeModelWithResponseStreamCommand(invoke(CLAUDE)))).body);
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ status: 'ok', usageQuality: 'estimated' });
    expect(call?.usage?.output).toBeGreaterThanOrEqual(15);
    expect(call?.usage?.output).toBeLessThanOrEqual(30);
  });

  test('a profile is kept by its whole name', async () => {
    const { bedrock } = await useBedrock();
    const capture = recordCapture();
    const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123';
    await bedrock.send(new InvokeModelCommand(invoke(arn)));
    const [call] = await capture.untilCalls(1);
    expect(call?.model).toBe(arn);
  });
});
