import type { CostEvent, Usage } from '@llmobserve/protocol';
import { describe, expect, test } from 'vitest';
import { callOf, makeCall, usdOf } from './make-call.ts';

type Row = readonly [what: string, model: string, usage: Usage, usd: string, more?: Partial<CostEvent>];

/** Worked out by hand: quantity × dollars per million / 1 000 000, summed. */
const PRICES: readonly Row[] = [
  ['cached input', 'openai/gpt-4o-2024-08-06', { input: 176, cachedInput: 1024, output: 340 }, '0.005120000000'],
  ['reasoning at the price of output', 'openai/gpt-5-mini', { input: 1000, output: 20, reasoning: 980 }, '0.002250000000'],
  ['cache writes of GPT-5.6', 'openai/gpt-5.6-sol', { input: 100, cacheWrite5m: 2000, output: 10 }, '0.010600000000'],
  ['audio in and out', 'openai/gpt-4o-audio-preview', { input: 10, audioInput: 100, output: 5, audioOutput: 50 }, '0.008075000000'],
  ['an embedding of 8 tokens', 'openai/text-embedding-3-small', { input: 8 }, '0.000000160000', { kind: 'embedding' }],
  ['a transcription by the second', 'openai/whisper-1', { seconds: 12.3456 }, '0.001234560000', { kind: 'audio' }],
  ['speech by the character', 'openai/tts-1', { characters: 1234 }, '0.018510000000', { kind: 'audio' }],
  [
    'pictures by the token',
    'openai/gpt-image-1',
    { input: 50, imageInput: 323, imageOutput: 4160, images: 1 },
    '0.169880000000',
    { kind: 'image' },
  ],
  ['a web search', 'openai/gpt-4.1', { input: 1000, output: 1000, webSearches: 2 }, '0.030000000000'],
  [
    'both cache lives',
    'anthropic/claude-sonnet-4-5-20250929',
    { input: 10, cachedInput: 2000, cacheWrite5m: 300, cacheWrite1h: 400, output: 50 },
    '0.004905000000',
  ],
  ['a cheaper cache read', 'anthropic/claude-opus-5-5', { cachedInput: 10_000, output: 100 }, '0.004000000000'],
  ['Gemini up to 200 000 tokens', 'google/gemini-2.5-pro', { input: 200_000, output: 1000, reasoning: 500 }, '0.265000000000'],
  ['Gemini above 200 000 tokens', 'google/gemini-2.5-pro', { input: 100_001, cachedInput: 100_000, output: 1000 }, '0.290002500000'],
  ['audio for Gemini', 'google/gemini-2.5-flash', { input: 100, audioInput: 1000, imageInput: 258, output: 10 }, '0.001132400000'],
  ['a Gemini on Vertex', 'vertex/gemini-2.5-flash', { input: 1000, output: 1000 }, '0.002800000000'],
  [
    'DeepSeek off peak',
    'deepseek/deepseek-v4-pro',
    { input: 1000, cachedInput: 1000, output: 1000 },
    '0.002662000000',
    { startedAt: '2026-11-20T12:00:00.000Z' },
  ],
  [
    'DeepSeek at peak',
    'deepseek/deepseek-v4-pro',
    { input: 1000, cachedInput: 1000, output: 1000 },
    '0.005324000000',
    { startedAt: '2026-11-20T02:00:00.000Z' },
  ],
  [
    'a search fee by context size',
    'perplexity/sonar',
    { input: 1000, output: 1000 },
    '0.014000000000',
    { attributes: { searchContextSize: 'high' } },
  ],
  ['a regional profile', 'bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0', { input: 1000, output: 1000 }, '0.019800000000'],
  ['a global profile', 'bedrock/global.anthropic.claude-sonnet-4-5-20250929-v1:0', { input: 1000, output: 1000 }, '0.018000000000'],
  ['OpenAI on Azure', 'azure/gpt-4o-2024-08-06', { input: 1000, output: 1000 }, '0.012500000000'],
  ['speech on Groq, at least ten seconds', 'groq/whisper-large-v3', { seconds: 3 }, '0.000308333333', { kind: 'audio' }],
  ['a reranking', 'cohere/rerank-v3.5', { rerankSearches: 3 }, '0.006000000000', { kind: 'rerank' }],
  ['a reranking by the token', 'voyage/rerank-2.5', { input: 1000 }, '0.000050000000', { kind: 'rerank' }],
  ['an embedding of Voyage', 'voyage/voyage-3.5', { input: 1000 }, '0.000060000000', { kind: 'embedding' }],
];

test.each(PRICES.map(([what, model, usage, usd, more]) => ({ what, model, usage, usd, more })))(
  '$what: $model',
  ({ model, usage, usd, more }) => {
    expect(usdOf(callOf(model, usage, more))).toBe(usd);
  },
);

describe('Pinecone', () => {
  const store = (usage: Usage, more: Partial<CostEvent> = {}): CostEvent => {
    const { model: _model, ...call } = makeCall({ provider: 'pinecone', kind: 'vector', operation: 'query', usage, ...more });
    return call;
  };

  test('reads cost 16 dollars a million, fractions too', () => {
    expect(usdOf(store({ readUnits: 0.25 }))).toBe('0.000004000000');
    expect(usdOf(store({ readUnits: 5 }))).toBe('0.000080000000');
  });

  test('writes cost 4 dollars a million: what is known, else the least it can be', () => {
    expect(usdOf(store({ writeUnits: 12 }))).toBe('0.000048000000');
    expect(usdOf(store({ writeUnits: 12, writeUnitsMin: 5, writeUnitsMax: 20 }))).toBe('0.000048000000');
    expect(usdOf(store({ writeUnitsMin: 5, writeUnitsMax: 20 }))).toBe('0.000020000000');
  });

  test('the plan decides, and standard is meant where none is named', () => {
    expect(usdOf(store({ readUnits: 1 }, { attributes: { plan: 'enterprise' } }))).toBe('0.000024000000');
    expect(usdOf(store({ readUnits: 1 }, { attributes: { plan: 'standard' } }))).toBe('0.000016000000');
    expect(usdOf(store({ readUnits: 1 }, { attributes: { plan: 'made-up' } }))).toBe('unpriced 0.000000000000 readUnits');
  });

  test('AWS us-east-1 is meant where no place is named, and no other is priced by it', () => {
    expect(usdOf(store({ readUnits: 1 }, { region: 'us-east-1', attributes: { cloud: 'AWS' } }))).toBe('0.000016000000');
    expect(usdOf(store({ readUnits: 1 }, { region: 'eu-west-1' }))).toBe('unpriced 0.000000000000 readUnits');
    expect(usdOf(store({ readUnits: 1 }, { attributes: { cloud: 'gcp' } }))).toBe('unpriced 0.000000000000 readUnits');
  });

  test('what a search embeds and reranks is counted as unpriced beside its reads', () => {
    expect(usdOf(store({ readUnits: 1, rerankSearches: 1 }, { operation: 'search' }))).toBe('unpriced 0.000016000000 rerankSearches');
  });

  test('the statistics of an index cost nothing', () => {
    const { usage: _usage, ...call } = store({}, { operation: 'stats', usageQuality: 'unknown' });
    expect(usdOf(call)).toBe('0.000000000000');
  });

  test('the name of an index is no model', () => {
    expect(usdOf(store({ readUnits: 1 }, { model: 'my-index' }))).toBe('0.000016000000');
  });
});
