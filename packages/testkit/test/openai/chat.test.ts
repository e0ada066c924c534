import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
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

const messages = [{ role: 'user' as const, content: 'How much does acme cost?' }];

test('an answer uses one token a word in and the asked limit out, under its dated model', async () => {
  const answer = await openai.chat.completions.create({ model: 'gpt-4o', messages, max_completion_tokens: 12 });
  expect(answer.model).toBe('gpt-4o-2024-08-06');
  expect(answer.usage).toMatchObject({ prompt_tokens: 5, completion_tokens: 12, total_tokens: 17 });
  expect(answer.choices[0]?.message.content?.split(' ')).toHaveLength(12);
  expect(answer.choices[0]?.finish_reason).toBe('length');
});

test('equal requests get equal texts, and every answer an id of its own', async () => {
  const ask = () => openai.chat.completions.create({ model: 'gpt-4o-mini', messages });
  const [first, second] = [await ask(), await ask()];
  expect(second.choices).toEqual(first.choices);
  expect(second.id).not.toBe(first.id);
});

test('a long prompt is half cached, a reasoning model reasons by its effort, audio is counted apart', async () => {
  const long = await openai.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'word '.repeat(2050) }] });
  expect(long.usage?.prompt_tokens_details).toEqual({ cached_tokens: 1024, audio_tokens: 0 });
  const hard = await openai.chat.completions.create({ model: 'gpt-5-mini', messages, reasoning_effort: 'low', max_completion_tokens: 100 });
  expect(hard.usage?.completion_tokens_details).toMatchObject({ reasoning_tokens: 64 });
  const spoken = await openai.chat.completions.create({
    model: 'gpt-4o-audio-preview',
    modalities: ['text', 'audio'],
    audio: { voice: 'alloy', format: 'wav' },
    messages: [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } }] }],
    max_completion_tokens: 40,
  });
  expect(spoken.usage).toMatchObject({ prompt_tokens: 50, prompt_tokens_details: { audio_tokens: 50 } });
  expect(spoken.usage?.completion_tokens_details).toMatchObject({ audio_tokens: 20 });
});

test('the served tier is told, whatever was asked', async () => {
  const tiers = ['auto', 'flex', 'priority'] as const;
  const answers = await Promise.all(tiers.map((tier) => openai.chat.completions.create({ model: 'gpt-5', messages, service_tier: tier })));
  expect(answers.map((answer) => answer.service_tier)).toEqual(['default', 'flex', 'priority']);
});

test('a stream says the same words, and its usage only when it is asked for', async () => {
  const whole = await openai.chat.completions.create({ model: 'gpt-4o', messages, max_completion_tokens: 9 });
  for (const includesUsage of [true, false]) {
    const stream = await openai.chat.completions.create({
      model: 'gpt-4o',
      messages,
      max_completion_tokens: 9,
      stream: true,
      ...(includesUsage ? { stream_options: { include_usage: true } } : {}),
    });
    const chunks = await Array.fromAsync(stream);
    const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
    expect(text.split(' ')).toHaveLength(9);
    expect(chunks.at(-1)?.usage ?? undefined).toEqual(includesUsage ? whole.usage : undefined);
  }
});

test('the first tool is called, and after its answer the model speaks', async () => {
  const tools = [
    {
      type: 'function' as const,
      function: {
        name: 'find_page',
        parameters: { type: 'object', properties: { title: { type: 'string' }, count: { type: 'integer' } } },
      },
    },
  ];
  const first = await openai.chat.completions.create({ model: 'gpt-4o', messages, tools });
  const call = first.choices[0]?.message.tool_calls?.[0];
  if (call?.type !== 'function') throw new Error('no tool was called');
  expect(call.function.name).toBe('find_page');
  expect(JSON.parse(call.function.arguments)).toEqual({ title: expect.any(String), count: expect.any(Number) });
  const told = [
    ...messages,
    { role: 'assistant' as const, tool_calls: [call] },
    { role: 'tool' as const, tool_call_id: call.id, content: 'Page 7' },
  ];
  const second = await openai.chat.completions.create({ model: 'gpt-4o', messages: told, tools });
  expect(second.choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: expect.any(String) } });
  const streamed = await openai.chat.completions.stream({ model: 'gpt-4o', messages, tools }).finalChatCompletion();
  expect(streamed.choices[0]?.message.tool_calls?.[0]).toMatchObject({ function: { name: 'find_page' } });
});

test('a structured answer keeps to its schema, whole and streamed', async () => {
  const Answer = z.object({
    title: z.string(),
    steps: z.array(z.object({ text: z.string(), isLast: z.boolean() })),
    grade: z.enum(['a', 'b']),
  });
  const body = { model: 'gpt-4o', messages, response_format: zodResponseFormat(Answer, 'answer') };
  const parsed = await openai.chat.completions.parse(body);
  expect(Answer.parse(parsed.choices[0]?.message.parsed).steps).toHaveLength(1);
  const streamed = await openai.chat.completions.stream(body).finalChatCompletion();
  expect(Answer.safeParse(streamed.choices[0]?.message.parsed).success).toBe(true);
});

test('a plan of the test decides the tokens', async () => {
  const planned = await startFakeOpenAi({ planTokens: (_ask, plan) => ({ ...plan, cachedInput: 3, output: 77 }) });
  const client = new OpenAI({ apiKey: 'sk-fake', baseURL: `${planned.url}/v1` });
  const answer = await client.chat.completions.create({ model: 'gpt-4o', messages });
  expect(answer.usage).toMatchObject({ completion_tokens: 77, prompt_tokens_details: { cached_tokens: 3 } });
  await planned.close();
});
