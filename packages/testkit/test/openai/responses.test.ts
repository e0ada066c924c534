import OpenAI from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startFakeOpenAi, type FakeProvider } from '../../src/index.ts';

let fake: FakeProvider;
let openai: OpenAI;
beforeAll(async () => {
  fake = await startFakeOpenAi();
  openai = new OpenAI({ apiKey: 'sk-fake', baseURL: `${fake.url}/v1`, maxRetries: 0 });
});
afterAll(() => fake.close());

test('a response counts its instructions and tells reasoning apart', async () => {
  const response = await openai.responses.create({
    model: 'gpt-5-mini',
    instructions: 'Be short.',
    input: [{ role: 'user', content: 'What did acme cost?' }],
    reasoning: { effort: 'low' },
    max_output_tokens: 80,
  });
  expect(response.model).toBe('gpt-5-mini-2025-08-07');
  expect(response.usage).toMatchObject({ input_tokens: 6, output_tokens: 80, output_tokens_details: { reasoning_tokens: 64 } });
  expect(response.output_text.split(' ')).toHaveLength(16);
});

test('a streamed response ends with the same body as a whole one', async () => {
  const events = await Array.fromAsync(await openai.responses.create({ model: 'gpt-4.1', input: 'Tell me more', stream: true }));
  const last = events.at(-1);
  if (last?.type !== 'response.completed') throw new Error(`the stream ended with ${last?.type}`);
  const deltas = events.flatMap((event) => (event.type === 'response.output_text.delta' ? [event.delta] : []));
  const [message] = last.response.output;
  expect(message).toMatchObject({ type: 'message', content: [{ text: deltas.join('') }] });
  expect(last.response.usage?.input_tokens).toBe(3);
  expect(events.map((event) => event.sequence_number)).toEqual(events.map((_event, index) => index));
});

test('a background response is queued, at work, and then done with its usage', async () => {
  const begun = await openai.responses.create({ model: 'gpt-4.1', input: 'Take your time', background: true });
  expect(begun).toMatchObject({ status: 'queued', usage: null });
  expect(await openai.responses.retrieve(begun.id)).toMatchObject({ status: 'in_progress', usage: null });
  expect(await openai.responses.retrieve(begun.id)).toMatchObject({ status: 'completed', usage: { input_tokens: 3 } });
  expect(await openai.responses.retrieve(begun.id)).toMatchObject({ status: 'completed', usage: { input_tokens: 3 } });
  const other = await openai.responses.create({ model: 'gpt-4.1', input: 'Never mind', background: true });
  expect(await openai.responses.cancel(other.id)).toMatchObject({ status: 'cancelled' });
  await expect(openai.responses.retrieve('resp_nobody')).rejects.toMatchObject({ status: 404 });
});

test('a tool is called with arguments, and a schema is kept', async () => {
  const tools = [
    {
      type: 'function' as const,
      name: 'find_page',
      strict: false,
      parameters: { type: 'object', properties: { page: { type: 'number' } } },
    },
  ];
  const first = await openai.responses.create({ model: 'gpt-4.1', input: 'Find it', tools });
  expect(first.output[0]).toMatchObject({ type: 'function_call', name: 'find_page' });
  const Answer = z.object({ total: z.number() });
  const parsed = await openai.responses.parse({ model: 'gpt-4.1', input: 'Add up', text: { format: zodTextFormat(Answer, 'sum') } });
  expect(parsed.output_parsed).toEqual({ total: expect.any(Number) });
});
