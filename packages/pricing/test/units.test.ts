import type { CostEvent, Usage } from '@llmobserve/protocol';
import { describe, expect, test } from 'vitest';
import { callOf, costOf, linesOf, makeCall, usdOf } from './make-call.ts';

type Row = readonly [what: string, name: string, usage: Usage, usd: string, more?: Partial<CostEvent>];

/** Worked out by hand: quantity × dollars / what they are for, summed. */
const PRICED: readonly Row[] = [
  ['pages at 4 dollars a thousand', 'mistral/mistral-ocr-latest', { pages: 3 }, '0.012000000000'],
  ['pages in a batch, at half of 2 dollars', 'mistral/mistral-ocr-2512', { pages: 10 }, '0.010000000000', { serviceTier: 'batch' }],
  ['seconds that Voxtral heard: 60 × 0.18 / 3600', 'mistral/voxtral-mini-latest', { seconds: 60 }, '0.003000000000', { kind: 'audio' }],
  ['words and their sound: 10 × 0.6 + 1000 × 12', 'openai/gpt-4o-mini-tts', { input: 10, audioOutput: 1000 }, '0.012006000000'],
  ['sound and its words: 1000 × 3 + 100 × 5', 'openai/gpt-4o-mini-transcribe', { audioInput: 1000, output: 100 }, '0.003500000000'],
  ['a picture of Gemini: 1290 × 30', 'google/gemini-2.5-flash-image', { imageOutput: 1290 }, '0.038700000000'],
  ['speech of Gemini: 5 × 0.5 + 1000 × 10', 'google/gemini-2.5-flash-tts', { input: 5, audioOutput: 1000 }, '0.010002500000'],
  ['a search model of OpenAI: 1000 × 1.25 + a search', 'openai/gpt-5-search-api', { input: 1000, webSearches: 1 }, '0.011250000000'],
  ['deep research: 1000 × 10 + 3 searches', 'openai/o3-deep-research', { input: 1000, webSearches: 3 }, '0.040000000000'],
  ['a medium search', 'perplexity/sonar-pro', { input: 1000 }, '0.013000000000', { attributes: { searchContextSize: 'medium' } }],
];

test.each(PRICED.map(([what, name, usage, usd, more]) => ({ what, name, usage, usd, more })))(
  '$what: $name',
  ({ name, usage, usd, more }) => {
    expect(usdOf(callOf(name, usage, more))).toBe(usd);
  },
);

/** No page that was seen lists these. */
const UNPRICED: readonly (readonly [what: string, name: string, usage: Usage, units: string])[] = [
  ['an hour of cache at Bedrock', 'bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0', { cacheWrite1h: 10 }, 'cacheWrite1h'],
  ['pixels', 'voyage/voyage-multimodal-3.5', { input: 10, imagePixels: 50_000 }, 'input,imagePixels'],
  ['pictures that Cohere embedded', 'cohere/embed-v4.0', { imageInput: 100 }, 'imageInput'],
  ['classifications', 'cohere/embed-v4.0', { classifications: 2 }, 'classifications'],
  ['a newer reranker', 'cohere/rerank-v4.0-pro', { rerankSearches: 1 }, 'rerankSearches'],
  [
    'a search of a preview, for which two fees are listed',
    'openai/gpt-4o-mini-search-preview-2025-03-11',
    { webSearches: 1 },
    'webSearches',
  ],
  ['a search in files', 'openai/gpt-5', { fileSearches: 1 }, 'fileSearches'],
  ['citations', 'perplexity/sonar-deep-research', { citationTokens: 100 }, 'citationTokens'],
];

test.each(UNPRICED)('%s are listed as unpriced: %s', (_what, name, usage, units) => {
  expect(usdOf(callOf(name, usage))).toBe(`unpriced 0.000000000000 ${units}`);
});

describe('moderation', () => {
  const moderate = (name: string, usage: Usage, more: Partial<CostEvent> = {}): CostEvent =>
    callOf(name, usage, { kind: 'moderation', operation: 'moderations', ...more });

  test.each(['mistral-moderation-2411', 'mistral-moderation-latest'])('of %s is charged by its tokens: 10 000 × 0.1', (model) => {
    expect(usdOf(moderate(`mistral/${model}`, { input: 10_000 }))).toBe('0.001000000000');
  });

  test('that Mistral lists as free has a line that says so', () => {
    const call = moderate('mistral/mistral-moderation-2603', { input: 10_000 });
    expect(usdOf(call)).toBe('0.000000000000');
    expect(linesOf(call)).toMatchObject([{ unit: 'input', usd: '0.000000000000', source: expect.stringContaining('Mistral') }]);
  });

  test.each(['openai/omni-moderation-latest', 'azure/omni-moderation-latest', 'acme/moderator'])('of %s is free', (name) => {
    expect(costOf(moderate(name, { input: 10_000 }))).toEqual({ usd: '0.000000000000', quality: 'exact', unpriced: [] });
  });

  test('with a price and without a known usage is unpriced, and one that failed is free', () => {
    const call = makeCall({ kind: 'moderation', provider: 'mistral', model: 'mistral-moderation-2411' });
    expect(costOf(call)).toMatchObject({ quality: 'unpriced' });
    expect(costOf({ ...call, status: 'error' })).toMatchObject({ usd: '0.000000000000', quality: 'exact' });
  });
});
