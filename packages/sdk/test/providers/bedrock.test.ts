import { describe, expect, test } from 'vitest';
import { readFrames } from '../../src/wire/index.ts';
import { priceRecorded, readRecorded, type Recorded } from './support/read-recorded.ts';
import { writeFrames } from './support/write-frames.ts';

// Shapes of docs.aws.amazon.com/bedrock/latest/APIReference (Converse, ConverseStream, InvokeModel, InvokeModelWithResponseStream)
// and .../userguide/{model-parameters,prompt-caching,inference-profiles-use}, seen 2026-11-20.
const HOST = 'https://bedrock-runtime.us-east-1.amazonaws.com';
const CLAUDE = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const at = (verb: string, model = CLAUDE): string => `POST ${HOST}/model/${encodeURIComponent(model)}/${verb}`;
const ASKED = { messages: [{ role: 'user', content: [{ text: 'What does a café cost?' }] }] };
const FRAMES = { 'content-type': 'application/vnd.amazon.eventstream', 'x-amzn-requestid': 'req-1' };

type Case = readonly [name: string, recorded: Recorded, call: object, usage: object, usd: string];

describe('an answer in one', () => {
  test.each<Case>([
    [
      'converse, its caches apart',
      {
        to: at('converse'),
        asked: ASKED,
        answeredWith: { 'content-type': 'application/json', 'x-amzn-requestid': 'req-1' },
        answer: {
          output: { message: { role: 'assistant', content: [{ text: 'Two euros.' }] } },
          usage: { inputTokens: 30, outputTokens: 628, totalTokens: 658, cacheReadInputTokens: 100, cacheWriteInputTokens: 40 },
          serviceTier: { type: 'default' },
        },
      },
      { kind: 'llm', operation: 'chat', model: CLAUDE, responseId: 'req-1', serviceTier: 'default', region: 'us-east-1' },
      { input: 30, cachedInput: 100, cacheWrite5m: 40, output: 628 },
      '0.010659000000',
    ],
    [
      "Claude's own form",
      {
        to: at('invoke'),
        asked: { anthropic_version: 'bedrock-2023-05-31', max_tokens: 9, messages: [] },
        answer: {
          id: 'msg_bdrk_1',
          model: 'claude-sonnet-4-5-20250929',
          usage: { input_tokens: 30, output_tokens: 628, cache_read_input_tokens: 100 },
        },
      },
      { kind: 'llm', model: CLAUDE, responseId: 'msg_bdrk_1' },
      { input: 30, cachedInput: 100, output: 628 },
      '0.010494000000',
    ],
    [
      "Nova's, at the price of its profile",
      {
        to: at('invoke', 'us.amazon.nova-lite-v1:0'),
        asked: ASKED,
        answer: { output: {}, usage: { inputTokens: 1000, outputTokens: 100, totalTokens: 1100, cacheReadInputTokenCount: 0 } },
      },
      { kind: 'llm', model: 'us.amazon.nova-lite-v1:0' },
      { input: 1000, output: 100 },
      '0.000084000000',
    ],
    [
      "Titan's embedding",
      {
        to: at('invoke', 'amazon.titan-embed-text-v1'),
        asked: { inputText: 'a' },
        answer: { embedding: [0.1], inputTextTokenCount: 1000 },
      },
      { kind: 'embedding', operation: 'embeddings' },
      { input: 1000 },
      '0.000100000000',
    ],
    [
      "Llama's",
      {
        to: at('invoke', 'meta.llama3-8b-instruct-v1:0'),
        asked: { prompt: 'a' },
        answer: { generation: 'b', prompt_token_count: 100, generation_token_count: 10, stop_reason: 'stop' },
      },
      { kind: 'llm' },
      { input: 100, output: 10 },
      '0.000036000000',
    ],
    [
      'a body that says nothing, beside a head that does',
      {
        to: at('invoke', 'mistral.mistral-7b-instruct-v0:2'),
        asked: { prompt: 'a' },
        answer: { outputs: [{ text: 'b' }] },
        answeredWith: { 'x-amzn-bedrock-input-token-count': '100', 'x-amzn-bedrock-output-token-count': '10' },
      },
      { kind: 'llm' },
      { input: 100, output: 10 },
      '0.000017000000',
    ],
  ])('%s', (_name, recorded, expected, usage, usd) => {
    const call = readRecorded(recorded);
    expect(call).toMatchObject({ provider: 'bedrock', usageQuality: 'reported', ...expected });
    expect(call?.usage).toEqual(usage);
    expect(call && priceRecorded(call)).toBe(usd);
  });

  test.each<readonly [string, string]>([
    ['bedrock-runtime-fips.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
    ['vpce-0a1b-2c.bedrock-runtime.eu-central-1.vpce.amazonaws.com', 'eu-central-1'],
    ['bedrock-runtime.us-west-2.api.aws', 'us-west-2'],
  ])('%s is Bedrock too', (host, region) => {
    const call = readRecorded({
      to: `POST https://${host}/model/${CLAUDE}/converse`,
      asked: ASKED,
      answer: { usage: { inputTokens: 1, outputTokens: 1 } },
    });
    expect(call).toMatchObject({ provider: 'bedrock', region });
  });

  test('an hour in the cache is told apart', () => {
    const usage = {
      inputTokens: 1,
      outputTokens: 1,
      cacheWriteInputTokens: 50,
      cacheDetails: [
        { ttl: '1h', inputTokens: 30 },
        { ttl: '5m', inputTokens: 20 },
      ],
    };
    expect(readRecorded({ to: at('converse'), asked: ASKED, answer: { usage } })?.usage).toMatchObject({
      cacheWrite5m: 20,
      cacheWrite1h: 30,
    });
  });

  test('of the form of OpenAI is read as such', () => {
    const call = readRecorded({
      to: 'POST https://bedrock-mantle.us-east-1.api.aws/openai/v1/chat/completions',
      asked: { model: 'openai.gpt-oss-20b-1:0', messages: [] },
      answer: { id: 'c', model: 'openai.gpt-oss-20b-1:0', usage: { prompt_tokens: 5, completion_tokens: 2 } },
    });
    expect(call).toMatchObject({ provider: 'bedrock', model: 'openai.gpt-oss-20b-1:0', usage: { input: 5, output: 2 } });
  });

  test('other services of AWS are no calls', () => {
    for (const host of ['bucket.s3.amazonaws.com', 'bedrock.us-east-1.amazonaws.com', 'evil-bedrock-runtime.example.com']) {
      expect(readRecorded({ to: `POST https://${host}/model/x/converse`, answer: {} })).toBeUndefined();
    }
  });

  test('counting tokens costs nothing', () => {
    const call = readRecorded({ to: at('count-tokens'), asked: { input: {} }, answer: { inputTokens: 9 } });
    expect(call).toMatchObject({ operation: 'count_tokens' });
    expect(call && priceRecorded(call)).toBe('0.000000000000');
  });
});

const SPOKEN = writeFrames([
  ['messageStart', { role: 'assistant' }],
  ...['Zwei', ' “euros”', ' :event-type', ' {', '.'].map(
    (text) => ['contentBlockDelta', { contentBlockIndex: 0, delta: { text } }] as const,
  ),
  ['messageStop', { stopReason: 'end_turn' }],
  ['metadata', { usage: { inputTokens: 30, outputTokens: 5, totalTokens: 35 }, metrics: { latencyMs: 5 } }],
]);
const pack = (event: object) => ['chunk', { bytes: Buffer.from(JSON.stringify(event)).toString('base64'), p: 'abc' }] as const;
const PACKED = writeFrames([
  pack({
    type: 'message_start',
    message: {
      id: 'msg_bdrk_1',
      model: 'claude',
      usage: { input_tokens: 30, output_tokens: 1, cache_creation: { ephemeral_1h_input_tokens: 8 } },
    },
  }),
  ...['Zwei', ' “euros”', '.'].map((text) => pack({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })),
  pack({ type: 'message_delta', delta: {}, usage: { output_tokens: 5 } }),
  pack({
    type: 'message_stop',
    'amazon-bedrock-invocationMetrics': { inputTokenCount: 30, outputTokenCount: 5, cacheWriteInputTokenCount: 8 },
  }),
]);

describe('a stream of frames', () => {
  test.each([1, 3, 50, 100_000])('is read alike in pieces of %i bytes', (pieceBytes) => {
    const spoken = readRecorded({ to: at('converse-stream'), asked: ASKED, answer: SPOKEN, answeredWith: FRAMES, pieceBytes });
    expect(spoken).toMatchObject({
      streamed: true,
      status: 'ok',
      responseId: 'req-1',
      model: CLAUDE,
      usage: { input: 30, output: 5 },
      usageQuality: 'reported',
    });
    const packed = readRecorded({ to: at('invoke-with-response-stream'), asked: ASKED, answer: PACKED, answeredWith: FRAMES, pieceBytes });
    expect(packed).toMatchObject({ streamed: true, responseId: 'msg_bdrk_1', model: CLAUDE, usageQuality: 'reported' });
    expect(packed?.usage).toEqual({ input: 30, cacheWrite1h: 8, output: 5 });
  });

  test('left at any byte is estimated', () => {
    for (let leftAfterBytes = 400; leftAfterBytes < PACKED.length - 500; leftAfterBytes += 37) {
      const call = readRecorded({
        to: at('invoke-with-response-stream'),
        asked: ASKED,
        answer: PACKED,
        answeredWith: FRAMES,
        leftAfterBytes,
      });
      expect(call).toMatchObject({ status: 'cancelled', usageQuality: 'estimated', usage: { input: 30 } });
      expect(call?.usage?.output).toBeLessThan(8);
    }
  });

  test('that ends in an exception is a failed call', () => {
    const broken = Buffer.concat([
      SPOKEN.subarray(0, 300),
      writeFrames([['throttlingException', { message: 'Too many requests' }]], 'exception'),
    ]);
    const call = readRecorded({ to: at('converse-stream'), asked: ASKED, answer: broken, answeredWith: FRAMES });
    expect(call?.status).not.toBe('cancelled');
    const whole = writeFrames([['messageStart', { role: 'assistant' }]]);
    const failed = Buffer.concat([whole, writeFrames([['throttlingException', { message: 'Too many requests' }]], 'exception')]);
    expect(readRecorded({ to: at('converse-stream'), asked: ASKED, answer: failed, answeredWith: FRAMES })).toMatchObject({
      status: 'error',
      error: { code: 'throttlingException' },
    });
  });

  test('is found again from the middle of a frame, wherever that is', () => {
    const whole = readFrames(SPOKEN).split('\n');
    for (let from = 0; from < SPOKEN.length; from += 1) {
      const lines = readFrames(SPOKEN.subarray(from)).split('\n').filter(Boolean);
      expect(lines).toEqual(whole.slice(whole.length - lines.length));
      if (from < SPOKEN.length - 300) expect(lines.at(-1)).toContain('"totalTokens":35');
    }
  });
});
