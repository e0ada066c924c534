import { describe, expect, test } from 'vitest';
import { readSpan } from '../../src/otel/read-span.ts';
import type { OtelSpan } from '../../src/otel/otel-span.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

function spanOf(attributes: Record<string, unknown>, statusCode = 0): OtelSpan {
  return {
    attributes,
    startTime: [1_764_000_000, 250_000_000],
    endTime: [1_764_000_001, 0],
    status: { code: statusCode },
    spanContext: () => ({ traceId: TRACE_ID, spanId: 'b7ad6b7169203331' }),
  };
}

const OPENAI = { provider: 'openai', operation: 'chat', kind: 'llm' };

describe('each convention is understood', () => {
  test.each([
    [
      'OpenTelemetry today',
      {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.response.model': 'gpt-4o-2024-08-06',
        'gen_ai.response.id': 'chatcmpl-1',
        'gen_ai.usage.input_tokens': 100,
        'gen_ai.usage.cache_read.input_tokens': 60,
        'gen_ai.usage.cache_creation.input_tokens': 10,
        'gen_ai.usage.output_tokens': 50,
        'gen_ai.usage.reasoning.output_tokens': 20,
        'gen_ai.response.time_to_first_chunk': 0.25,
        'openai.response.service_tier': 'flex',
      },
      {
        ...OPENAI,
        model: 'gpt-4o-2024-08-06',
        requestedModel: 'gpt-4o',
        responseId: 'chatcmpl-1',
        usage: { input: 30, cachedInput: 60, cacheWrite5m: 10, output: 30, reasoning: 20 },
        firstTokenMs: 250,
        streamed: true,
        serviceTier: 'flex',
      },
    ],
    [
      'OpenTelemetry before 1.27',
      { 'gen_ai.system': 'openai', 'gen_ai.request.model': 'gpt-4o', 'gen_ai.usage.prompt_tokens': 9, 'gen_ai.usage.completion_tokens': 4 },
      { ...OPENAI, model: 'gpt-4o', usage: { input: 9, output: 4 }, streamed: false },
    ],
    [
      'OpenInference',
      {
        'openinference.span.kind': 'LLM',
        'llm.system': 'openai',
        'llm.provider': 'azure',
        'llm.model_name': 'gpt-4o-2024-08-06',
        'llm.token_count.prompt': 40,
        'llm.token_count.completion': 12,
        'llm.token_count.prompt_details.cache_read': 32,
        'llm.token_count.prompt_details.audio': 4,
        'llm.token_count.completion_details.reasoning': 5,
        'llm.token_count.completion_details.audio': 3,
      },
      {
        ...OPENAI,
        provider: 'azure',
        model: 'gpt-4o-2024-08-06',
        usage: { input: 4, cachedInput: 32, audioInput: 4, output: 4, reasoning: 5, audioOutput: 3 },
      },
    ],
    [
      'OpenInference for an embedding',
      { 'openinference.span.kind': 'EMBEDDING', 'embedding.model_name': 'text-embedding-3-small', 'llm.token_count.total': 8 },
      { kind: 'embedding', operation: 'embeddings', model: 'text-embedding-3-small', usage: { input: 8 }, usageQuality: 'reported' },
    ],
    [
      'OpenLLMetry',
      {
        'gen_ai.system': 'Anthropic',
        'llm.request.type': 'chat',
        'gen_ai.request.model': 'claude-sonnet-4-5',
        'gen_ai.usage.prompt_tokens': 120,
        'gen_ai.usage.completion_tokens': 20,
        'gen_ai.usage.cache_read_input_tokens': 100,
        'llm.usage.total_tokens': 140,
        'llm.is_streaming': true,
      },
      {
        ...OPENAI,
        provider: 'anthropic',
        model: 'claude-sonnet-4-5',
        usage: { input: 20, cachedInput: 100, output: 20 },
        streamed: true,
      },
    ],
    [
      'the Anthropic client 1.x',
      {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'anthropic',
        'gen_ai.usage.input_tokens': 100,
        'gen_ai.usage.cache_write.input_tokens': 30,
        'gen_ai.usage.output_tokens': 7,
      },
      { provider: 'anthropic', usage: { input: 70, cacheWrite5m: 30, output: 7 } },
    ],
    [
      'Vercel AI 4 and 5',
      {
        'ai.operationId': 'ai.streamText.doStream',
        'ai.model.provider': 'openai.responses',
        'ai.model.id': 'gpt-4o',
        'ai.response.model': 'gpt-4o-2024-08-06',
        'ai.response.id': 'resp_1',
        'ai.response.msToFirstChunk': 91.5,
        'ai.usage.inputTokens': 30,
        'ai.usage.cachedInputTokens': 10,
        'ai.usage.outputTokens': 8,
        'ai.usage.reasoningTokens': 6,
      },
      {
        ...OPENAI,
        model: 'gpt-4o-2024-08-06',
        requestedModel: 'gpt-4o',
        responseId: 'resp_1',
        usage: { input: 20, cachedInput: 10, output: 2, reasoning: 6 },
        firstTokenMs: 91.5,
        streamed: true,
      },
    ],
    [
      'Vercel AI 5 for Anthropic, whose input leaves out what the cache gave',
      {
        'ai.operationId': 'ai.generateText.doGenerate',
        'ai.model.provider': 'anthropic.messages',
        'ai.usage.inputTokens': 30,
        'ai.usage.cachedInputTokens': 10,
        'ai.usage.outputTokens': 8,
      },
      { provider: 'anthropic', usage: { input: 30, cachedInput: 10, output: 8 } },
    ],
    [
      'Vercel AI 6 for Anthropic, whose input is the whole',
      {
        'ai.operationId': 'ai.generateText.doGenerate',
        'ai.model.provider': 'anthropic.messages',
        'ai.usage.inputTokens': 40,
        'ai.usage.inputTokenDetails.noCacheTokens': 30,
        'ai.usage.inputTokenDetails.cacheReadTokens': 10,
        'ai.usage.outputTokens': 8,
      },
      { provider: 'anthropic', usage: { input: 30, cachedInput: 10, output: 8 } },
    ],
    [
      'a Vercel embedding',
      { 'ai.operationId': 'ai.embed.doEmbed', 'ai.model.provider': 'google.generative-ai', 'ai.usage.tokens': 6 },
      { kind: 'embedding', provider: 'google', usage: { input: 6 } },
    ],
  ])('%s', (_name, attributes, expected) => {
    const reading = readSpan(spanOf(attributes));
    expect(reading?.call).toMatchObject(expected);
    expect(reading?.isSum).toBe(false);
  });
});

test.each([
  [{ 'gen_ai.operation.name': 'invoke_agent' }],
  [{ 'openinference.span.kind': 'CHAIN' }],
  [{ 'traceloop.span.kind': 'workflow' }],
  [{ 'ai.operationId': 'ai.generateText' }],
  [{ 'ai.operationId': 'ai.embedMany' }],
])('%j is known to sum up what lies inside', (operation) => {
  expect(readSpan(spanOf({ ...operation, 'gen_ai.usage.input_tokens': 5 }))?.isSum).toBe(true);
});

test.each([
  ['gcp.vertex_ai', 'vertex'],
  ['gcp.gen_ai', 'google'],
  ['aws.bedrock', 'bedrock'],
  ['azure.ai.openai', 'azure'],
  ['az.ai.inference', 'azure'],
  ['mistral_ai', 'mistral'],
  ['x_ai', 'xai'],
  ['Vertex AI', 'vertex'],
  ['google.vertex.chat', 'vertex'],
  ['groq.chat', 'groq'],
  ['deepseek', 'deepseek'],
])('the provider %s is %s', (named, provider) => {
  const reading = readSpan(spanOf({ 'gen_ai.provider.name': named, 'gen_ai.usage.input_tokens': 1 }));
  expect(reading?.call.provider).toBe(provider);
});

describe('what a span says besides', () => {
  test('its times, its ids and its error are kept', () => {
    const failed = spanOf({ 'gen_ai.usage.input_tokens': 3, 'error.type': 'rate_limit' }, 2);
    expect(readSpan(failed)?.call).toMatchObject({
      startedAtMs: 1_764_000_000_250,
      durationMs: 750,
      status: 'error',
      error: { code: 'rate_limit' },
      attributes: { otel: { traceId: TRACE_ID, spanId: 'b7ad6b7169203331' } },
    });
  });

  test('parts that are larger than the whole were never in it', () => {
    const attributes = { 'gen_ai.usage.input_tokens': 5, 'gen_ai.usage.cache_read.input_tokens': 90, 'gen_ai.usage.output_tokens': 2 };
    expect(readSpan(spanOf(attributes))?.call.usage).toEqual({ input: 5, cachedInput: 90, output: 2 });
  });

  test('a total alone is an estimate, since what was written costs more', () => {
    expect(readSpan(spanOf({ 'llm.usage.total_tokens': 12 }))?.call).toMatchObject({ usage: { input: 12 }, usageQuality: 'estimated' });
  });

  test.each([
    [{}],
    [{ 'gen_ai.usage.input_tokens': Number.NaN }],
    [{ 'gen_ai.usage.input_tokens': '12' }],
    [{ 'gen_ai.usage.input_tokens': 0, 'gen_ai.usage.output_tokens': 0 }],
    [{ 'gen_ai.usage.input_tokens': -4 }],
  ])('%j is no usage', (attributes) => {
    expect(readSpan(spanOf(attributes))).toBeUndefined();
  });
});
