import type OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import { OPEN_AI_CLIENTS } from './support/open-ai-clients.ts';
import { recordCapture } from './support/record-capture.ts';
import { useFakeOpenAi } from './support/start-fakes.ts';

const MESSAGES = [{ role: 'user' as const, content: 'how many words are these' }];

/** Version 4 has `parse` among its betas. */
function parsing(client: OpenAI): OpenAI['chat']['completions'] {
  const beta: unknown = Reflect.get(client.beta, 'chat');
  // Safe because that beta is the same resource in an older place.
  return beta ? (beta as OpenAI['chat']).completions : client.chat.completions;
}

describe.each(OPEN_AI_CLIENTS)('%s', (_name, createClient) => {
  test('a chat call is captured once, with what the provider reported', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture();
    const answer = await createClient(fake.url).chat.completions.create({ model: 'gpt-4o', messages: MESSAGES });
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({
      kind: 'llm',
      provider: 'openai',
      operation: 'chat',
      model: answer.model,
      requestedModel: 'gpt-4o',
      responseId: answer.id,
      status: 'ok',
      attempts: 1,
      streamed: false,
      usage: { input: answer.usage?.prompt_tokens, output: answer.usage?.completion_tokens },
      usageQuality: 'reported',
      serviceTier: 'default',
    });
    expect(call?.durationMs).toBeGreaterThanOrEqual(0);
    expect(capture.pending()).toBe(0);
  });

  test('cached, reasoning and audio tokens are told apart from the rest', async () => {
    const planTokens = () => ({ input: 2000, cachedInput: 1024, audioInput: 100, output: 500, reasoning: 128, audioOutput: 72 });
    const fake = await useFakeOpenAi({ planTokens });
    const capture = recordCapture();
    await createClient(fake.url).chat.completions.create({ model: 'gpt-5', messages: MESSAGES });
    const [call] = await capture.untilCalls(1);
    expect(call?.usage).toEqual({ input: 876, cachedInput: 1024, audioInput: 100, output: 300, reasoning: 128, audioOutput: 72 });
  });

  test('a stream with usage is captured with it and with the time to its first token', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture();
    const stream = await createClient(fake.url).chat.completions.create({
      model: 'gpt-4o',
      messages: MESSAGES,
      stream: true,
      stream_options: { include_usage: true },
    });
    let reported;
    for await (const chunk of stream) reported = chunk.usage ?? reported;
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({
      streamed: true,
      status: 'ok',
      usageQuality: 'reported',
      usage: { input: 5, output: reported?.completion_tokens },
    });
    expect(call?.firstTokenMs).toBeLessThanOrEqual(call?.durationMs ?? -1);
  });

  test('a stream without usage is estimated from its words', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture();
    const stream = await createClient(fake.url).chat.completions.create({ model: 'gpt-4o', messages: MESSAGES, stream: true });
    for await (const chunk of stream) expect(chunk.usage).toBeUndefined();
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ streamed: true, status: 'ok', usageQuality: 'estimated', model: 'gpt-4o-2024-08-06' });
    expect(call?.usage?.input).toBeGreaterThan(0);
    expect(call?.usage?.output).toBeGreaterThan(0);
  });

  test('tools, parse and withResponse are one call each', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture();
    const client = createClient(fake.url);
    const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
    const tools = [{ type: 'function' as const, function: { name: 'weather', parameters } }];
    await client.chat.completions.create({ model: 'gpt-4o', messages: MESSAGES, tools });
    const format = { type: 'json_schema' as const, json_schema: { name: 'place', strict: true, schema: parameters } };
    await parsing(client).parse({ model: 'gpt-4o', messages: MESSAGES, response_format: format });
    const { response } = await client.chat.completions.create({ model: 'gpt-4o', messages: MESSAGES }).withResponse();
    expect(response.status).toBe(200);
    const calls = await capture.untilCalls(3);
    expect(calls.map(({ operation, usageQuality }) => `${operation} ${usageQuality}`)).toEqual(Array(3).fill('chat reported'));
  });

  test('embeddings and moderations are captured as what they are', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture();
    const client = createClient(fake.url);
    await client.embeddings.create({ model: 'text-embedding-3-small', input: ['two words', 'and three more'] });
    await client.moderations.create({ input: 'is this fine' });
    const [embedding, moderation] = await capture.untilCalls(2);
    expect(embedding).toMatchObject({ kind: 'embedding', operation: 'embeddings', model: 'text-embedding-3-small', usage: { input: 5 } });
    expect(moderation).toMatchObject({ kind: 'moderation', status: 'ok', usageQuality: 'unknown' });
  });

  test('responses are captured, whole and as a stream', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture();
    const client = createClient(fake.url);
    const whole = await client.responses.create({ model: 'gpt-5', input: 'four words are here' });
    const stream = await client.responses.create({ model: 'gpt-5', input: 'four words are here', stream: true });
    for await (const event of stream) expect(event.type).toMatch(/^response\./);
    const [first, second] = await capture.untilCalls(2);
    const details = { input: 4, reasoning: 128, output: (whole.usage?.output_tokens ?? 0) - 128 };
    expect(first).toMatchObject({
      operation: 'responses',
      responseId: whole.id,
      model: 'gpt-5-2025-08-07',
      usage: details,
      streamed: false,
    });
    expect(second).toMatchObject({ operation: 'responses', usageQuality: 'reported', streamed: true, usage: { input: 4, reasoning: 128 } });
    expect(second?.firstTokenMs).toBeGreaterThanOrEqual(0);
  });

  test('a background response that is polled and looked at again is counted once, for the one who began it', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture();
    const client = createClient(fake.url);
    const begun = await capture.asCustomer('acme', () =>
      client.responses.create({ model: 'gpt-5', input: 'take your time', background: true }),
    );
    expect(begun.status).toBe('queued');
    for (const expected of ['in_progress', 'completed', 'completed'])
      expect((await client.responses.retrieve(begun.id)).status).toBe(expected);
    await client.embeddings.create({ model: 'text-embedding-3-small', input: 'the end' });
    const calls = await capture.untilCalls(2);
    expect(calls.map(({ operation }) => operation)).toEqual(['responses', 'embeddings']);
    expect(calls[0]).toMatchObject({
      responseId: begun.id,
      requestedModel: 'gpt-5',
      scope: { customer: 'acme' },
      usageQuality: 'reported',
    });
  });

  test('listing models costs nothing and is not captured', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture();
    const client = createClient(fake.url);
    await client.models.list();
    await client.embeddings.create({ model: 'text-embedding-3-small', input: 'one' });
    expect(await capture.untilCalls(1)).toHaveLength(1);
    expect(capture.calls[0]?.kind).toBe('embedding');
  });
});
