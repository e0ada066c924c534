import Anthropic from '@anthropic-ai/sdk';
import { type FakeAnthropicOptions, startFakeAnthropic, type FakeProvider } from '@llmobserve/testkit';
import { describe, expect, test } from 'vitest';
import { recordCapture } from './support/record-capture.ts';
import { closedAtEnd } from './support/start-fakes.ts';

const ASK = { model: 'claude-opus-5-5', max_tokens: 20, messages: [{ role: 'user' as const, content: 'how many words are these' }] };

async function useAnthropic(options: FakeAnthropicOptions = {}): Promise<{ fake: FakeProvider; anthropic: Anthropic }> {
  const fake = closedAtEnd(await startFakeAnthropic(options));
  return { fake, anthropic: new Anthropic({ apiKey: 'sk-ant-fake', baseURL: fake.url, maxRetries: 2 }) };
}

describe('a message', () => {
  test('is captured at a host nobody named, with the dated model that answered', async () => {
    const { anthropic } = await useAnthropic();
    const capture = recordCapture();
    const message = await anthropic.messages.create(ASK);
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({
      kind: 'llm',
      provider: 'anthropic',
      operation: 'chat',
      model: 'claude-opus-5-5-20260901',
      requestedModel: 'claude-opus-5-5',
      responseId: message.id,
      status: 'ok',
      streamed: false,
      usage: { input: 5, output: message.usage.output_tokens },
      usageQuality: 'reported',
      serviceTier: 'standard',
      region: 'global',
    });
  });

  test('tells cache writes of five minutes and of an hour apart, and reads from both', async () => {
    const { anthropic } = await useAnthropic();
    const capture = recordCapture();
    const cached = (ttl: '5m' | '1h', text: string) => ({
      ...ASK,
      system: [{ type: 'text' as const, text, cache_control: { type: 'ephemeral' as const, ttl } }],
    });
    await anthropic.messages.create(cached('5m', 'you count words'));
    await anthropic.messages.create(cached('1h', 'you count other words'));
    await anthropic.messages.create(cached('1h', 'you count other words'));
    const calls = await capture.untilCalls(3);
    const usages = calls.map(({ usage = {} }) => ({ ...usage, output: undefined }));
    expect(usages).toEqual([
      { input: 5, cacheWrite5m: 3 },
      { input: 5, cacheWrite1h: 4 },
      { input: 5, cachedInput: 4 },
    ]);
  });

  test('tells its thoughts, its web searches and fast mode', async () => {
    const { anthropic } = await useAnthropic({ planUsage: (planned) => ({ ...planned, output: 30, thinking: 10, webSearches: 2 }) });
    const capture = recordCapture();
    await anthropic.beta.messages.create({ ...ASK, speed: 'fast' });
    const [call] = await capture.untilCalls(1);
    expect(call?.usage).toEqual({ input: 5, output: 20, reasoning: 10, webSearches: 2 });
    expect(call?.serviceTier).toBe('fast');
  });

  test('is one call however often it was tried', async () => {
    const { fake, anthropic } = await useAnthropic();
    const capture = recordCapture();
    fake.bendNext({ status: 529, retryAfterMs: 1 }, { status: 429, retryAfterMs: 1 });
    await anthropic.messages.create(ASK);
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ status: 'ok', attempts: 3, usageQuality: 'reported' });
    expect(capture.calls).toHaveLength(1);
  });
});

describe('a stream', () => {
  test('is read by its last totals, however its bytes are cut and packed', async () => {
    const { fake, anthropic } = await useAnthropic();
    const capture = recordCapture();
    fake.bendNext({ pieceBytes: 7 }, { compress: 'gzip', pieceBytes: 100 });
    for (const count of [1, 2]) {
      const message = await anthropic.messages.stream(ASK).finalMessage();
      const calls = await capture.untilCalls(count);
      expect(calls.at(-1)).toMatchObject({
        streamed: true,
        responseId: message.id,
        status: 'ok',
        usage: { input: 5, output: message.usage.output_tokens },
        usageQuality: 'reported',
        serviceTier: 'standard',
      });
    }
  });

  test.each([undefined, 7])('tells when its first word came, also in pieces of %s bytes', async (pieceBytes) => {
    const { anthropic } = await useAnthropic({ quirk: pieceBytes === undefined ? { pauseMs: 2 } : { pieceBytes } });
    const capture = recordCapture();
    for await (const event of await anthropic.messages.create({ ...ASK, stream: true })) void event;
    const [call] = await capture.untilCalls(1);
    expect(call?.firstTokenMs).toBeGreaterThan(0);
    expect(call?.firstTokenMs).toBeLessThan(call?.durationMs ?? 0);
  });

  test('that is left early keeps the input it told and estimates what was written', async () => {
    const { fake, anthropic } = await useAnthropic();
    const capture = recordCapture();
    fake.bendNext({ hangAfterPieces: 10 });
    const stream = await anthropic.messages.create({ ...ASK, stream: true });
    let deltas = 0;
    for await (const event of stream) if (event.type === 'content_block_delta' && ++deltas === 7) break;
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ status: 'cancelled', model: 'claude-opus-5-5-20260901', usageQuality: 'estimated' });
    expect(call?.usage?.input).toBe(5);
    expect(call?.usage?.output).toBeGreaterThanOrEqual(4);
    expect(call?.usage?.output).toBeLessThanOrEqual(14);
  });

  test('that breaks in an error of its own is a failed call of an estimated size', async () => {
    const { fake, anthropic } = await useAnthropic();
    const capture = recordCapture();
    fake.bendNext({ errorAfterPieces: 8 });
    await expect(anthropic.messages.stream(ASK).finalMessage()).rejects.toThrow('overloaded_error');
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ status: 'error', error: { code: 'overloaded_error' }, usageQuality: 'estimated' });
    expect(call?.usage?.input).toBe(5);
  });

  test('without any usage is estimated from the words that went over the wire', async () => {
    const { anthropic } = await useAnthropic({ omitsUsage: true });
    const capture = recordCapture();
    for await (const event of await anthropic.messages.create({ ...ASK, stream: true })) void event;
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ status: 'ok', usageQuality: 'estimated' });
    expect(call?.usage?.input).toBeGreaterThan(0);
    expect(call?.usage?.output).toBeGreaterThan(0);
  });
});

describe('beside messages', () => {
  test('counting tokens costs nothing', async () => {
    const { anthropic } = await useAnthropic();
    const capture = recordCapture();
    await anthropic.messages.countTokens({ model: ASK.model, messages: ASK.messages });
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ operation: 'count_tokens', requestedModel: ASK.model, status: 'ok' });
    expect(call?.usage).toBeUndefined();
  });

  test('a batch is one call, for whom it was begun, however often its results are read', async () => {
    const { anthropic } = await useAnthropic();
    const capture = recordCapture();
    const requests = ['a', 'b', 'fails'].map((custom_id) => ({ custom_id, params: ASK }));
    const batch = await capture.asCustomer('acme', () => anthropic.messages.batches.create({ requests }));
    for (const processing_status of ['in_progress', 'ended']) {
      expect(await anthropic.messages.batches.retrieve(batch.id)).toMatchObject({ processing_status });
    }
    const output: number[] = [];
    for (let reads = 0; reads < 2; reads += 1) {
      for await (const { result } of await anthropic.messages.batches.results(batch.id)) {
        if (result.type === 'succeeded' && reads === 0) output.push(result.message.usage.output_tokens);
      }
    }
    await anthropic.messages.countTokens({ model: ASK.model, messages: ASK.messages });
    const [call, after] = await capture.untilCalls(2);
    expect(after?.operation).toBe('count_tokens');
    expect(call).toMatchObject({
      kind: 'batch',
      provider: 'anthropic',
      model: 'claude-opus-5-5-20260901',
      responseId: batch.id,
      jobId: `anthropic ${batch.id}`,
      serviceTier: 'batch',
      usage: { input: 10, output: output.reduce((sum, tokens) => sum + tokens, 0) },
      usageQuality: 'reported',
      scope: { customer: 'acme' },
    });
  });

  test('a batch begun elsewhere is counted where its results are read', async () => {
    const { anthropic } = await useAnthropic();
    const { id } = await anthropic.messages.batches.create({ requests: [{ custom_id: 'a', params: ASK }] });
    const capture = recordCapture();
    for await (const line of await fetchResults(anthropic, id)) void line;
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ kind: 'batch', jobId: `anthropic ${id}`, usage: { input: 5 } });
  });
});

async function fetchResults(anthropic: Anthropic, id: string): Promise<AsyncIterable<unknown>> {
  await anthropic.messages.batches.retrieve(id);
  await anthropic.messages.batches.retrieve(id);
  return anthropic.messages.batches.results(id);
}
