import Anthropic from '@anthropic-ai/sdk';
import { expect, onTestFinished, test } from 'vitest';
import { startFakeAnthropic, type FakeAnthropicOptions, type FakeProvider } from '../../src/index.ts';

const ASK = { model: 'claude-opus-5-5', max_tokens: 12, messages: [{ role: 'user' as const, content: 'four words are here' }] };

async function useAnthropic(options: FakeAnthropicOptions = {}): Promise<{ fake: FakeProvider; anthropic: Anthropic }> {
  const fake = await startFakeAnthropic(options);
  onTestFinished(() => fake.close());
  return { fake, anthropic: new Anthropic({ apiKey: 'sk-ant-fake', baseURL: fake.url, maxRetries: 0 }) };
}

test('a message costs a token a word, and is dated', async () => {
  const { anthropic } = await useAnthropic();
  const message = await anthropic.messages.create(ASK);
  expect(message).toMatchObject({
    model: 'claude-opus-5-5-20260901',
    stop_reason: 'end_turn',
    usage: { input_tokens: 4, output_tokens: 12 },
  });
});

test('a stream says the same as the whole', async () => {
  const { anthropic } = await useAnthropic();
  const whole = await anthropic.messages.create(ASK);
  const streamed = await anthropic.messages.stream(ASK).finalMessage();
  expect(streamed.content).toMatchObject([{ type: 'text', text: whole.content[0]?.type === 'text' ? whole.content[0].text : '' }]);
  expect(streamed.usage).toMatchObject({ input_tokens: 4, output_tokens: 12 });
});

test('a marked prompt is written to the cache once, then read', async () => {
  const { anthropic } = await useAnthropic();
  const system = [{ type: 'text' as const, text: 'three words here', cache_control: { type: 'ephemeral' as const } }];
  const first = await anthropic.messages.create({ ...ASK, system });
  const second = await anthropic.messages.create({ ...ASK, system });
  expect(first.usage).toMatchObject({ cache_creation_input_tokens: 3, cache_read_input_tokens: 0, input_tokens: 4 });
  expect(second.usage).toMatchObject({ cache_creation_input_tokens: 0, cache_read_input_tokens: 3, input_tokens: 4 });
});

test('a tool is called until it has answered', async () => {
  const { anthropic } = await useAnthropic();
  const tools = [{ name: 'look_up', input_schema: { type: 'object' as const, properties: { total: { type: 'number' } } } }];
  const asked = await anthropic.messages.stream({ ...ASK, tools }).finalMessage();
  expect(asked).toMatchObject({
    stop_reason: 'tool_use',
    content: [{ type: 'tool_use', name: 'look_up', input: { total: expect.any(Number) } }],
  });
  const call = asked.content[0];
  const result = { type: 'tool_result' as const, tool_use_id: call?.type === 'tool_use' ? call.id : '', content: 'five' };
  const messages = [...ASK.messages, { role: 'assistant' as const, content: asked.content }, { role: 'user' as const, content: [result] }];
  expect(await anthropic.messages.create({ ...ASK, tools, messages })).toMatchObject({ stop_reason: 'end_turn' });
});

test('a batch ends after some looks, and tells each result', async () => {
  const { anthropic } = await useAnthropic({ looksUntilEnded: 2 });
  const requests = ['a', 'fails'].map((custom_id) => ({ custom_id, params: ASK }));
  const { id } = await anthropic.messages.batches.create({ requests });
  const looks = [];
  for (let look = 0; look < 3; look += 1) looks.push((await anthropic.messages.batches.retrieve(id)).processing_status);
  expect(looks).toEqual(['in_progress', 'in_progress', 'ended']);
  const types = [];
  for await (const { result } of await anthropic.messages.batches.results(id)) types.push(result.type);
  expect(types).toEqual(['succeeded', 'errored']);
});

test('errors come in its form, at once and inside a stream', async () => {
  const { fake, anthropic } = await useAnthropic();
  fake.bendNext({ status: 529 }, { errorAfterPieces: 3 });
  await expect(anthropic.messages.create(ASK)).rejects.toMatchObject({ status: 529, error: { error: { type: 'overloaded_error' } } });
  await expect(anthropic.messages.stream(ASK).finalMessage()).rejects.toThrow('overloaded_error');
  expect((await fetch(`${fake.url}/v1/messages`, { method: 'POST' })).status).toBe(401);
});
