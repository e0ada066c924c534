import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { expect, onTestFinished, test } from 'vitest';
import { startFakeBedrock, type FakeProvider } from '../../src/index.ts';

const ASK = {
  modelId: 'm',
  messages: [{ role: 'user' as const, content: [{ text: 'four words are here' }] }],
  inferenceConfig: { maxTokens: 12 },
};

async function useBedrock(): Promise<{ fake: FakeProvider; bedrock: BedrockRuntimeClient }> {
  const fake = await startFakeBedrock();
  const credentials = { accessKeyId: 'AKFAKE', secretAccessKey: 'fake' };
  const bedrock = new BedrockRuntimeClient({
    endpoint: fake.url,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(),
  });
  onTestFinished(async () => {
    bedrock.destroy();
    await fake.close();
  });
  return { fake, bedrock };
}

test('converse costs a token a word, and its stream says the same', async () => {
  const { bedrock } = await useBedrock();
  const whole = await bedrock.send(new ConverseCommand(ASK));
  expect(whole.usage).toMatchObject({ inputTokens: 4, outputTokens: 12, totalTokens: 16 });
  const { stream } = await bedrock.send(new ConverseStreamCommand(ASK));
  let text = '';
  let usage;
  for await (const event of stream ?? []) {
    text += event.contentBlockDelta?.delta?.text ?? '';
    usage = event.metadata?.usage ?? usage;
  }
  expect(text).toBe(whole.output?.message?.content?.[0]?.text);
  expect(usage).toEqual(whole.usage);
});

test('invoke answers as the model does, and streams packed', async () => {
  const { bedrock } = await useBedrock();
  const modelId = 'us.anthropic.claude-fake';
  const body = JSON.stringify({
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: 5,
    messages: [{ role: 'user', content: 'two words' }],
  });
  const whole: unknown = JSON.parse((await bedrock.send(new InvokeModelCommand({ modelId, body }))).body.transformToString());
  expect(whole).toMatchObject({ type: 'message', usage: { input_tokens: 2, output_tokens: 5 } });
  const streamed = await bedrock.send(new InvokeModelWithResponseStreamCommand({ modelId, body }));
  const events: unknown[] = [];
  for await (const { chunk } of streamed.body ?? []) events.push(JSON.parse(Buffer.from(chunk?.bytes ?? []).toString()));
  expect(events.at(0)).toMatchObject({ type: 'message_start' });
  expect(events.at(-1)).toMatchObject({ 'amazon-bedrock-invocationMetrics': { inputTokenCount: 2, outputTokenCount: 5 } });
});

test('errors come in its form, at once and inside a stream', async () => {
  const { fake, bedrock } = await useBedrock();
  fake.bendNext({ status: 429 }, { errorAfterPieces: 2 });
  await expect(bedrock.send(new ConverseCommand(ASK))).rejects.toMatchObject({ name: 'ThrottlingException' });
  const { stream } = await bedrock.send(new ConverseStreamCommand(ASK));
  const read = async (): Promise<void> => {
    for await (const event of stream ?? []) void event;
  };
  await expect(read()).rejects.toMatchObject({ name: 'ModelStreamErrorException' });
  expect((await fetch(`${fake.url}/model/m/converse`, { method: 'POST' })).status).toBe(403);
});
