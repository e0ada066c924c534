import { loadPriceBook, priceEvent } from '@llmobserve/pricing';
import { type CostEvent, formatUsd } from '@llmobserve/protocol';
import { describe, expect, test } from 'vitest';
import { findOperation } from '../../src/providers/index.ts';
import { type Call, readCall } from './support/read-call.ts';

const book = loadPriceBook();

/** What the collector would make of a call that went well on a day whose prices stand. */
function price(call: Call): string {
  const [method = '', url = ''] = call.request.split(' ');
  const { host, pathname: path } = new URL(url);
  const { kind, operation, provider, estimate } = findOperation({ method, host, path, header: () => undefined }, {})?.operation ?? {};
  const { model, serviceTier, region, attributes, reportedCostUsd, usage } = readCall(call);
  const text = JSON.stringify(call.body ?? {});
  const estimated = usage ? undefined : estimate?.({ text, isWhole: true, totalBytes: text.length, member: () => undefined }, undefined);
  const event = {
    id: '0198f3a2-0000-7000-8000-000000000001',
    kind,
    provider,
    operation,
    startedAt: '2026-11-01T12:00:00.000Z',
    model,
    requestedModel: call.body?.['model'],
    status: 'ok',
    usage: usage ?? estimated,
    usageQuality: usage ? 'reported' : estimated ? 'estimated' : 'unknown',
    ...without({ serviceTier, region, attributes, reportedCostUsd }),
  };
  // Safe because every member is one of the event's own.
  const { costPicoUsd, quality } = priceEvent(book, without(event) as unknown as CostEvent);
  return `${formatUsd(costPicoUsd)} ${quality}`;
}

function without<Value extends object>(value: Value): Partial<Value> {
  // Safe because leaving members out is what Partial means.
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<Value>;
}

const OPENAI = 'POST https://api.openai.com/v1';
const PINECONE = 'https://docs-abc.svc.aped-1.pinecone.io';

const CALLS: readonly (readonly [string, Call, string])[] = [
  [
    'a chat with a cached prompt',
    {
      request: `${OPENAI}/chat/completions`,
      answer: {
        model: 'gpt-4o-2024-08-06',
        usage: { prompt_tokens: 1124, completion_tokens: 50, prompt_tokens_details: { cached_tokens: 1024 } },
      },
    },
    '0.002030000000 exact',
  ],
  [
    'a response served with priority',
    {
      request: `${OPENAI}/responses`,
      answer: {
        model: 'gpt-5-2025-08-07',
        service_tier: 'priority',
        usage: { input_tokens: 100, output_tokens: 50, output_tokens_details: { reasoning_tokens: 30 } },
      },
    },
    '0.001250000000 exact',
  ],
  [
    'a response that searched',
    {
      request: `${OPENAI}/responses`,
      answer: {
        model: 'gpt-4o-2024-08-06',
        tool_usage: { image_gen: { input_tokens: 0, output_tokens: 0 }, web_search: { num_requests: 1 } },
        usage: { input_tokens: 300, output_tokens: 40 },
      },
    },
    '0.011150000000 exact',
  ],
  [
    'embeddings',
    { request: `${OPENAI}/embeddings`, answer: { model: 'text-embedding-3-small', usage: { prompt_tokens: 1000, total_tokens: 1000 } } },
    '0.000020000000 exact',
  ],
  [
    'images by the token',
    {
      request: `${OPENAI}/images/generations`,
      body: { model: 'gpt-image-1.5', n: 2 },
      answer: {
        usage: {
          input_tokens: 3,
          input_tokens_details: { text_tokens: 3, image_tokens: 0 },
          output_tokens: 544,
          output_tokens_details: { image_tokens: 544, text_tokens: 0 },
        },
      },
    },
    '0.017423000000 exact',
  ],
  [
    'images by the piece',
    { request: `${OPENAI}/images/generations`, body: { model: 'dall-e-3', size: '1792x1024', quality: 'hd' }, answer: { data: [{}] } },
    '0.120000000000 exact',
  ],
  [
    'several of them',
    { request: `${OPENAI}/images/generations`, body: { model: 'dall-e-2', n: 3 }, answer: { data: [] } },
    '0.060000000000 exact',
  ],
  [
    'a transcript by the second',
    {
      request: `${OPENAI}/audio/transcriptions`,
      body: { model: 'whisper-1' },
      answer: { text: 'a', usage: { type: 'duration', seconds: 60 } },
    },
    '0.006000000000 exact',
  ],
  [
    'a transcript by the token',
    {
      request: `${OPENAI}/audio/transcriptions`,
      body: { model: 'gpt-4o-transcribe' },
      answer: { usage: { type: 'tokens', input_tokens: 600, input_token_details: { audio_tokens: 600 }, output_tokens: 100 } },
    },
    '0.004600000000 exact',
  ],
  [
    'speech by the character',
    { request: `${OPENAI}/audio/speech`, body: { model: 'tts-1-hd', input: 'x'.repeat(1000) }, answer: {} },
    '0.030000000000 exact',
  ],
  [
    'speech by the token',
    { request: `${OPENAI}/audio/speech`, body: { model: 'gpt-4o-mini-tts' }, answer: { usage: { input_tokens: 10, output_tokens: 1000 } } },
    '0.012006000000 exact',
  ],
  ['moderation', { request: `${OPENAI}/moderations`, answer: { model: 'omni-moderation-latest', results: [] } }, '0.000000000000 exact'],
  [
    'a batch',
    {
      request: 'GET https://api.openai.com/v1/batches/batch_1',
      answer: { id: 'batch_1', status: 'completed', model: 'gpt-4o-2024-08-06', usage: { input_tokens: 1000, output_tokens: 100 } },
    },
    '0.001750000000 exact',
  ],
  [
    'a chat at Azure, by the answered model',
    {
      request: 'POST https://acme.openai.azure.com/openai/deployments/ours/chat/completions',
      body: { model: 'ours' },
      headers: { 'x-ms-region': 'East US 2' },
      answer: { model: 'gpt-4o-2024-11-20', usage: { prompt_tokens: 3, completion_tokens: 2 } },
    },
    '0.000027500000 exact',
  ],
  [
    "OpenRouter's own bill",
    {
      request: 'POST https://openrouter.ai/api/v1/chat/completions',
      answer: { model: 'openai/gpt-4o', usage: { prompt_tokens: 9, completion_tokens: 2, cost: 0.0123 } },
    },
    '0.012300000000 reported',
  ],
  [
    'a fee by how much of the web was read',
    {
      request: 'POST https://api.perplexity.ai/chat/completions',
      body: { model: 'sonar', web_search_options: { search_context_size: 'high' } },
      answer: { model: 'sonar', usage: { prompt_tokens: 14, completion_tokens: 70, total_tokens: 84 } },
    },
    '0.012084000000 exact',
  ],
  ['a query', { request: `POST ${PINECONE}/query`, answer: { matches: [], usage: { readUnits: 5 } } }, '0.000080000000 exact'],
  [
    'a write',
    { request: `POST ${PINECONE}/vectors/upsert`, body: { vectors: [{ id: 'a', values: [1] }] }, answer: {} },
    '0.000020000000 estimated',
  ],
  ['statistics', { request: `POST ${PINECONE}/describe_index_stats`, answer: { totalVectorCount: 1 } }, '0.000000000000 exact'],
];

describe('the book prices what is read', () => {
  test.each(CALLS)('%s', (_name, call, expected) => {
    expect(price(call)).toBe(expected);
  });
});
