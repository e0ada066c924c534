import type { CostEvent, Usage } from '@llmobserve/protocol';
import { describe, expect, test } from 'vitest';
import { callOf, linesOf, usdOf } from './make-call.ts';

const THOUSAND: Usage = { input: 1000, output: 1000 };
const at = (region: string, more: Partial<CostEvent> = {}): Partial<CostEvent> => ({ region, ...more });

describe('data residency at OpenAI', () => {
  /** Worked out by hand: quantity × (dollars per million × 1.1) / 1 000 000, summed. */
  test.each<readonly [what: string, model: string, usage: Usage, more: Partial<CostEvent>, usd: string]>([
    [
      'all kinds of tokens: 1000 × 4.4 + 2000 × 0.44 + 100 × 5.5 + 50 × 22',
      'gpt-5.6-sol',
      { input: 1000, cachedInput: 2000, cacheWrite5m: 100, output: 50 },
      at('eu'),
      '0.006930000000',
    ],
    ['a batch: 1000 × 2.75 + 1000 × 16.5', 'gpt-5.5', THOUSAND, at('eu', { serviceTier: 'batch' }), '0.019250000000'],
    ['the fast tier: 1000 × 4.4 + 1000 × 22', 'gpt-6.1-sol', THOUSAND, at('EU', { serviceTier: 'fast' }), '0.026400000000'],
    ['a long context: 272 001 × 5.5 + 1000 × 24.75', 'gpt-5.4', { input: 272_001, output: 1000 }, at('us'), '1.520755500000'],
    ['thoughts, as output: 1000 × 4.95', 'gpt-5.4-mini', { reasoning: 1000 }, at('us'), '0.004950000000'],
    ['pictures by the token: 1000 × 33', 'gpt-image-2', { imageOutput: 1000, images: 1 }, at('eu', { kind: 'image' }), '0.033000000000'],
    ['not a search, which is no token', 'gpt-5.4', { webSearches: 1 }, at('eu'), '0.010000000000'],
    ['no model from before 2026-03-05', 'gpt-5.2', THOUSAND, at('eu'), '0.015750000000'],
    ['no model from before 2026-03-05, wherever', 'gpt-4o', THOUSAND, at('sg'), '0.012500000000'],
    ['nothing at the global host', 'gpt-5.4', THOUSAND, {}, '0.017500000000'],
    ['nothing that is called global', 'gpt-5.4', THOUSAND, at('global'), '0.017500000000'],
  ])('costs a tenth more: %s', (_what, model, usage, more, usd) => {
    expect(usdOf(callOf(`openai/${model}`, usage, more))).toBe(usd);
  });

  test.each([
    ['where content is only stored', 'gpt-5.4', 'sg'],
    ['in a place that OpenAI has none', 'gpt-5.4', 'us-east-1'],
    ['for a name that means another model each month', 'gpt-chat-latest', 'eu'],
  ])('has no price %s, rather than a wrong one', (_where, model, region) => {
    expect(usdOf(callOf(`openai/${model}`, THOUSAND, { region }))).toBe('unpriced 0.000000000000 input,output');
  });

  test('is what each line names as its source', () => {
    expect(linesOf(callOf('openai/gpt-5.4', { input: 1 }, at('eu')))[0]).toMatchObject({
      rateUsd: '0.00000275',
      source: expect.stringContaining('https://developers.openai.com/api/docs/guides/data-residency'),
    });
  });
});

describe('inference in the US at Anthropic', () => {
  test.each<readonly [what: string, model: string, usage: Usage, more: Partial<CostEvent>, usd: string]>([
    [
      'costs 1.1 times as much: 1000 × 5.5 + 2000 × 0.55 + 300 × 6.875 + 400 × 11 + 50 × 27.5',
      'claude-opus-4-6',
      { input: 1000, cachedInput: 2000, cacheWrite5m: 300, cacheWrite1h: 400, output: 50 },
      at('us'),
      '0.014437500000',
    ],
    ['also in fast mode: 1000 × 8.8', 'claude-opus-5-5', { input: 1000 }, at('us', { serviceTier: 'fast' }), '0.008800000000'],
    ['also in a batch: 1000 × 2.2', 'claude-opus-5-5', { input: 1000 }, at('us', { serviceTier: 'batch' }), '0.002200000000'],
    ['but a search costs the same', 'claude-opus-4-6', { webSearches: 1 }, at('us'), '0.010000000000'],
    ['and anywhere in the world the list price', 'claude-opus-4-6', { input: 1000 }, at('global'), '0.005000000000'],
    ['as where nobody could ask for a place', 'claude-haiku-4-5', { input: 1000 }, at('not_available'), '0.001000000000'],
    ['and has no price in a place that no page lists', 'claude-opus-4-6', { input: 1 }, at('eu'), 'unpriced 0.000000000000 input'],
  ])('%s', (_what, model, usage, more, usd) => {
    expect(usdOf(callOf(`anthropic/${model}`, usage, more))).toBe(usd);
  });
});

describe('places of Vertex AI', () => {
  test.each([
    ['claude-sonnet-4-5@20250929', 'europe-west1', '0.019800000000'],
    ['claude-sonnet-4-5-20250929', 'us', '0.019800000000'],
    ['claude-opus-4-5@20251101', 'us-east5', '0.033000000000'],
    ['claude-sonnet-4-5@20250929', 'global', '0.018000000000'],
    ['claude-sonnet-4@20250514', 'us-east5', '0.018000000000'],
    ['gemini-2.5-flash', 'us-central1', '0.002800000000'],
    ['gemini-3.5-flash', 'eu', '0.011550000000'],
    ['gemini-3.5-flash', 'global', '0.010500000000'],
    ['gemini-3.8-flash', 'eu', 'unpriced 0.000000000000 input,output'],
  ])('%s at %s', (model, region, usd) => {
    expect(usdOf(callOf(`vertex/${model}`, THOUSAND, { region }))).toBe(usd);
  });

  test('Gemini costs the same in all of them until July 2026', () => {
    const before = { region: 'eu', startedAt: '2026-06-30T23:59:59.999Z' };
    expect(usdOf(callOf('vertex/gemini-3.5-flash', THOUSAND, before))).toBe('0.010500000000');
  });

  test('a call that names no place was served at the global one', () => {
    expect(usdOf(callOf('vertex/claude-sonnet-4-5', THOUSAND))).toBe('0.018000000000');
  });
});

test('Azure tells where it is, not what was deployed: a global deployment is meant, except for the US zone of Claude', () => {
  expect(usdOf(callOf('azure/gpt-5.4', THOUSAND, at('East US 2')))).toBe('0.017500000000');
  expect(usdOf(callOf('azure/claude-opus-4-6', THOUSAND))).toBe('0.030000000000');
  expect(usdOf(callOf('azure/claude-opus-4-6', THOUSAND, at('us')))).toBe('0.033000000000');
});

test('Bedrock tells its price by the name of the model, whatever region it was called from', () => {
  const profile = (prefix: string): string =>
    usdOf(callOf(`bedrock/${prefix}anthropic.claude-sonnet-4-5-20250929-v1:0`, THOUSAND, at('eu-central-1')));
  expect([profile('global.'), profile('eu.'), profile('')]).toEqual(['0.018000000000', '0.019800000000', '0.019800000000']);
});
