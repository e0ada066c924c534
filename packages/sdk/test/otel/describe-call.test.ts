import { expect, test } from 'vitest';
import { describeCall } from '../../src/otel/describe-call.ts';
import { makeCall } from '../support/start-test-engine.ts';

test.each([
  [
    'tokens: totals include their parts, in OpenTelemetry’s words',
    makeCall({
      usage: { input: 176, cachedInput: 1024, cacheWrite5m: 10, output: 300, reasoning: 40, audioInput: 5 },
      firstTokenMs: 140,
      streamed: true,
    }),
    'chat gpt-4o',
    {
      'gen_ai.usage.input_tokens': 1215,
      'gen_ai.usage.cache_read.input_tokens': 1024,
      'gen_ai.usage.cache_creation.input_tokens': 10,
      'gen_ai.usage.output_tokens': 340,
      'gen_ai.usage.reasoning.output_tokens': 40,
      'gen_ai.usage.audio.input_tokens': 5,
      'gen_ai.response.time_to_first_chunk': 0.14,
      'gen_ai.request.stream': true,
    },
  ],
  [
    'a vector store, by the words for databases',
    makeCall({
      kind: 'vector',
      provider: 'pinecone',
      operation: 'query',
      model: undefined,
      requestedModel: undefined,
      usage: { readUnits: 5 },
    }),
    'query pinecone',
    { 'db.system.name': 'pinecone', 'db.operation.name': 'query', 'llmobserve.usage.readUnits': 5 },
  ],
  [
    'Gemini, by its own operation',
    makeCall({ provider: 'google', model: 'gemini-2.5-flash', requestedModel: undefined }),
    'generate_content gemini-2.5-flash',
    { 'gen_ai.operation.name': 'generate_content', 'gen_ai.provider.name': 'gcp.gemini', 'gen_ai.response.model': 'gemini-2.5-flash' },
  ],
  [
    'a failure without a code',
    makeCall({ status: 'error', error: undefined, usage: undefined, usageQuality: 'unknown', operation: 'responses' }),
    'chat gpt-4o',
    { 'error.type': '_OTHER', 'llmobserve.status': 'error', 'llmobserve.usage_quality': 'unknown' },
  ],
])('%s', (_what, call, name, attributes) => {
  const described = describeCall(call);
  expect(described.name).toBe(name);
  expect(described.attributes).toMatchObject(attributes);
  expect(Object.values(described.attributes)).not.toContain(undefined);
});
