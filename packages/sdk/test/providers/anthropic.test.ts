import { describe, expect, test } from 'vitest';
import { priceRecorded, readRecorded } from './support/read-recorded.ts';

// Shapes of platform.claude.com/docs/en/api/messages and .../build-with-claude/{streaming,batch-processing,prompt-caching}, seen 2026-11-20.
const TO = 'POST https://api.anthropic.com/v1/messages';
const ASKED = { model: 'claude-opus-5-5', max_tokens: 1024, messages: [{ role: 'user', content: 'Hello, Claude, how are you today?' }] };
const USAGE = {
  input_tokens: 2095,
  cache_creation_input_tokens: 2051,
  cache_read_input_tokens: 2051,
  cache_creation: { ephemeral_5m_input_tokens: 1051, ephemeral_1h_input_tokens: 1000 },
  output_tokens: 503,
  output_tokens_details: { thinking_tokens: 103 },
  server_tool_use: { web_search_requests: 2, web_fetch_requests: 0 },
  service_tier: 'standard',
  inference_geo: 'us',
};
const MESSAGE = {
  id: 'msg_013Zva2CMHLNnjNjJJKqJ2EF',
  type: 'message',
  role: 'assistant',
  model: 'claude-opus-5-5',
  content: [{ type: 'text', text: 'Hi! My name is Claude. "usage": {"input_tokens": 1}' }],
  stop_reason: 'end_turn',
  usage: USAGE,
};
const READ = { input: 2095, cachedInput: 2051, cacheWrite5m: 1051, cacheWrite1h: 1000, output: 400, reasoning: 103, webSearches: 2 };

describe('a message', () => {
  test('is read in disjoint quantities, and priced exactly', () => {
    const call = readRecorded({ to: TO, asked: ASKED, answer: MESSAGE });
    expect(call).toMatchObject({ provider: 'anthropic', kind: 'llm', model: 'claude-opus-5-5', responseId: MESSAGE.id, region: 'us' });
    expect(call?.usage).toEqual(READ);
    // 2095×4 + 2051×0.2 + 1051×5 + 1000×8 + 503×20 µ$, a tenth more in the US, and two searches of a cent.
    expect(call && priceRecorded(call)).toBe('0.055315720000');
  });

  test.each<readonly [string, object, string]>([
    ['fast mode', { speed: 'fast' }, 'fast'],
    ['plain speed beside a priority tier', { speed: 'standard', service_tier: 'priority' }, 'priority'],
    ['the list price', { speed: 'standard', service_tier: 'standard' }, 'standard'],
  ])('tells %s', (_name, terms, tier) => {
    expect(readRecorded({ to: TO, asked: ASKED, answer: { ...MESSAGE, usage: { ...USAGE, ...terms } } })?.serviceTier).toBe(tier);
  });

  test('that tells no region has none', () => {
    const answer = { ...MESSAGE, usage: { ...USAGE, inference_geo: 'not_available' } };
    expect(readRecorded({ to: TO, asked: ASKED, answer })?.region).toBeUndefined();
  });

  test('of old, without the parts of its cache, has only what it tells', () => {
    const usage = { input_tokens: 9, output_tokens: 12, cache_creation_input_tokens: 30, cache_read_input_tokens: null };
    expect(readRecorded({ to: TO, asked: ASKED, answer: { ...MESSAGE, usage } })?.usage).toEqual({
      input: 9,
      cacheWrite5m: 30,
      output: 12,
    });
  });

  test.each<readonly [string, string]>([
    ['api.deepseek.com/anthropic', 'deepseek'],
    ['acme.services.ai.azure.com/anthropic', 'azure'],
    ['openrouter.ai/api', 'openrouter'],
  ])('is read at %s too', (place, provider) => {
    const call = readRecorded({ to: `POST https://${place}/v1/messages`, asked: ASKED, answer: MESSAGE });
    expect(call).toMatchObject({ provider, usage: READ });
  });

  test('that the provider refuses is a failed call without usage', () => {
    const answer = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
    const call = readRecorded({ to: TO, asked: ASKED, answer, status: 529 });
    expect(call).toMatchObject({ status: 'error', error: { code: 'server_error', httpStatus: 529 }, requestedModel: 'claude-opus-5-5' });
    expect(call?.usage).toBeUndefined();
  });
});

const { output_tokens_details, server_tool_use, ...BEGUN } = USAGE;
const EVENTS = [
  { type: 'message_start', message: { ...MESSAGE, content: [], usage: { ...BEGUN, output_tokens: 4 } } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'ping' },
  ...['Hello', '! How', ' are “you”', ' today?'].map((text) => ({
    type: 'content_block_delta',
    index: 0,
    delta: { type: 'text_delta', text },
  })),
  { type: 'content_block_stop', index: 0 },
  {
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { input_tokens: null, output_tokens: 503, output_tokens_details, server_tool_use },
  },
  { type: 'message_stop' },
];
const BYTES = Buffer.byteLength(EVENTS.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));

describe('a stream', () => {
  test('split anywhere is read by its first event and its last totals', () => {
    for (let pieceBytes = 1; pieceBytes <= BYTES; pieceBytes = Math.ceil(pieceBytes * 1.7)) {
      const call = readRecorded({ to: TO, asked: ASKED, answer: EVENTS, pieceBytes });
      expect(call).toMatchObject({
        status: 'ok',
        streamed: true,
        responseId: MESSAGE.id,
        usageQuality: 'reported',
        serviceTier: 'standard',
      });
      expect(call?.usage).toEqual(READ);
    }
  });

  test('that names new totals of its input at the end is read by those', () => {
    const last = { type: 'message_delta', delta: {}, usage: { input_tokens: 2100, cache_read_input_tokens: 5000, output_tokens: 9 } };
    const call = readRecorded({ to: TO, asked: ASKED, answer: [...EVENTS.slice(0, -2), last] });
    expect(call?.usage).toMatchObject({ input: 2100, cachedInput: 5000, cacheWrite1h: 1000, output: 9 });
  });

  test('left at any byte is never more than estimated, and never less than its first event told', () => {
    const beginsAt =
      BYTES -
      Buffer.byteLength(
        EVENTS.slice(1)
          .map((event) => `data: ${JSON.stringify(event)}\n\n`)
          .join(''),
      );
    const endsAt =
      BYTES -
      Buffer.byteLength(
        EVENTS.slice(-2)
          .map((event) => `data: ${JSON.stringify(event)}\n\n`)
          .join(''),
      );
    for (let leftAfterBytes = beginsAt; leftAfterBytes <= endsAt; leftAfterBytes += 13) {
      const call = readRecorded({ to: TO, asked: ASKED, answer: EVENTS, leftAfterBytes });
      expect(call).toMatchObject({ status: 'cancelled', usageQuality: 'estimated', usage: { input: 2095, cacheWrite1h: 1000 } });
      expect(call?.usage?.output).toBeGreaterThanOrEqual(4);
      expect(call?.usage?.output).toBeLessThan(20);
    }
  });

  test('whose words quote its own events is not taken in', () => {
    const words = JSON.stringify({ type: 'message_delta', usage: { output_tokens: 99_999 } });
    const quoting = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: words } };
    const call = readRecorded({ to: TO, asked: ASKED, answer: [...EVENTS.slice(0, 3), quoting, ...EVENTS.slice(-3)] });
    expect(call?.usage).toEqual(READ);
  });
});

describe('beside messages', () => {
  test('the legacy completion tells no tokens, so they are estimated', () => {
    const asked = { model: 'claude-2.1', prompt: '\n\nHuman: Hello, how are you?\n\nAssistant:', max_tokens_to_sample: 256 };
    const answer = {
      type: 'completion',
      id: 'compl_1',
      completion: " I'm fine, thanks for asking.",
      stop_reason: 'stop_sequence',
      model: 'claude-2.1',
    };
    const call = readRecorded({ to: 'POST https://api.anthropic.com/v1/complete', asked, answer });
    expect(call).toMatchObject({ operation: 'completions', model: 'claude-2.1', usageQuality: 'estimated' });
    expect(call?.usage?.output).toBeGreaterThan(5);
  });

  test('what costs nothing, or is another matter, is no billable call', () => {
    const count = readRecorded({ to: `${TO}/count_tokens`, asked: ASKED, answer: { input_tokens: 14 } });
    expect(count).toMatchObject({ operation: 'count_tokens' });
    expect(count && priceRecorded(count)).toBe('0.000000000000');
    expect(readRecorded({ to: 'GET https://api.anthropic.com/v1/models', answer: {} })).toBeUndefined();
    expect(readRecorded({ to: 'GET https://api.anthropic.com/v1/messages/batches', answer: {} })).toBeUndefined();
  });

  test('results of a batch add up, at half the price', () => {
    const lines = ['a', 'b'].map((custom_id) => JSON.stringify({ custom_id, result: { type: 'succeeded', message: MESSAGE } }));
    const failed = JSON.stringify({
      custom_id: 'c',
      result: { type: 'errored', error: { type: 'error', error: { type: 'invalid_request_error' } } },
    });
    const call = readRecorded({
      to: 'GET https://api.anthropic.com/v1/messages/batches/msgbatch_1/results',
      answer: [...lines, failed].join('\n'),
      answeredWith: { 'content-type': 'application/x-jsonl' },
    });
    expect(call).toMatchObject({ kind: 'batch', model: 'claude-opus-5-5', serviceTier: 'batch', responseId: 'msgbatch_1' });
    expect(call?.usage).toEqual({
      input: 4190,
      cachedInput: 4102,
      cacheWrite5m: 2102,
      cacheWrite1h: 2000,
      output: 800,
      reasoning: 206,
      webSearches: 4,
    });
    // Searches have no lower price in a batch.
    expect(call && priceRecorded(call)).toBe('0.072105200000');
  });

  test('a batch of several models has no model', () => {
    const lines = ['claude-opus-5-5', 'claude-haiku-5-5'].map((model) =>
      JSON.stringify({ custom_id: model, result: { type: 'succeeded', message: { ...MESSAGE, model } } }),
    );
    const call = readRecorded({ to: 'GET https://api.anthropic.com/v1/messages/batches/msgbatch_2/results', answer: lines.join('\n') });
    expect(call?.usage?.input).toBe(4190);
    expect(call?.model).toBeUndefined();
  });

  test('Claude at Vertex AI is read by its place', () => {
    const place = 'https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/us-east5/publishers/anthropic/models';
    const call = readRecorded({
      to: `POST ${place}/claude-sonnet-4-5@20250929:rawPredict`,
      asked: ASKED,
      answer: { ...MESSAGE, model: 'claude-sonnet-4-5-20250929' },
    });
    expect(call).toMatchObject({ provider: 'vertex', model: 'claude-sonnet-4-5-20250929', region: 'us-east5', usage: READ });
    const count = readRecorded({ to: `POST ${place}/count-tokens:rawPredict`, asked: ASKED, answer: { input_tokens: 14 } });
    expect(count).toMatchObject({ provider: 'vertex', operation: 'count_tokens', requestedModel: 'claude-opus-5-5' });
  });
});
