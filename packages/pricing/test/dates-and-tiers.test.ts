import { formatUsd, parseUsd, type CostEvent } from '@llmobserve/protocol';
import { describe, expect, test } from 'vitest';
import { callOf, linesOf, usdOf } from './make-call.ts';

const MILLION = 1_000_000;
const at = (startedAt: string, more: Partial<CostEvent> = {}): Partial<CostEvent> => ({ startedAt, ...more });
const perMillion = (name: string, unit: string, more: Partial<CostEvent>): string =>
  usdOf(callOf(name, { [unit]: MILLION }, more)).replace(/0{6}$/, '');

describe('history', () => {
  test.each([
    ['openai/o3', 'output', '2025-06-09T23:59:59.999Z', '40.000000'],
    ['openai/o3', 'output', '2025-06-10T00:00:00.000Z', '8.000000'],
    ['openai/gpt-5.6-luna', 'cachedInput', '2026-07-29T23:59:59.999Z', '0.200000'],
    ['openai/gpt-5.6-luna', 'cachedInput', '2026-07-30T00:00:00.000Z', '0.040000'],
    ['openai/gpt-5.6-terra', 'output', '2026-07-29T12:00:00.000Z', '15.000000'],
    ['openai/gpt-5.6-terra', 'output', '2026-07-30T12:00:00.000Z', '12.000000'],
    ['openai/gpt-5.6-sol', 'output', '2026-08-20T23:59:59.999Z', '30.000000'],
    ['openai/gpt-5.6-sol', 'output', '2026-08-21T00:00:00.000Z', '20.000000'],
    ['google/gemini-3.6-flash', 'output', '2026-07-21T10:00:00.000Z', '7.500000'],
    ['google/gemini-3.6-flash', 'output', '2026-12-31T23:59:59.999Z', '3.750000'],
    ['google/gemini-3.6-flash', 'output', '2027-01-01T00:00:00.000Z', '7.500000'],
    ['anthropic/claude-opus-4-6', 'input', '2026-03-12T23:59:59.999Z', '10.000000'],
    ['anthropic/claude-opus-4-6', 'input', '2026-03-13T00:00:00.000Z', '5.000000'],
    ['anthropic/claude-sonnet-5', 'output', '2026-09-02T00:00:00.000Z', '10.000000'],
    ['google/gemini-3.6-flash', 'output', '2026-07-21T00:00:00.000Z', '7.500000'],
    ['deepseek/deepseek-chat', 'input', '2025-02-08T16:00:00.000Z', '0.270000'],
    ['deepseek/deepseek-reasoner', 'input', '2025-01-20T00:00:00.000Z', '0.550000'],
    ['deepseek/deepseek-chat', 'cachedInput', '2026-04-26T12:14:59.999Z', '0.028000'],
    ['deepseek/deepseek-chat', 'cachedInput', '2026-04-26T12:15:00.000Z', '0.002800'],
    ['deepseek/deepseek-reasoner', 'input', '2026-07-24T15:58:59.999Z', '0.140000'],
    ['deepseek/deepseek-v4-pro', 'input', '2026-04-26T12:15:00.000Z', '0.435000'],
    ['deepseek/deepseek-chat', 'output', '2025-08-01T20:00:00.000Z', '0.550000'],
    ['deepseek/deepseek-chat', 'output', '2025-08-01T10:00:00.000Z', '1.100000'],
    ['deepseek/deepseek-chat', 'output', '2025-10-01T20:00:00.000Z', '0.420000'],
    ['deepseek/deepseek-v4-flash', 'input', '2026-09-11T12:00:00.000Z', '0.150000'],
  ])('%s: a million of %s at %s', (name, unit, startedAt, usd) => {
    expect(perMillion(name, unit, at(startedAt))).toBe(usd);
  });

  test.each([
    ['google/gemini-3.6-flash', '2026-07-20T23:59:59.999Z'],
    ['deepseek/deepseek-chat', '2025-02-08T15:59:59.999Z'],
    ['deepseek/deepseek-chat', '2026-07-24T15:59:00.000Z'],
    ['deepseek/deepseek-reasoner', '2025-01-19T23:59:59.999Z'],
    ['deepseek/deepseek-v4-pro', '2026-04-26T12:14:59.999Z'],
    ['deepseek/deepseek-v4-flash', '2026-04-23T23:59:59.999Z'],
  ])('%s is unpriced at %s, of which no page was seen', (name, startedAt) => {
    expect(perMillion(name, 'input', at(startedAt))).toMatch(/^unpriced/);
  });

  test('each line says from when its rate holds', () => {
    expect(linesOf(callOf('openai/o3', { input: 1 }))[0]).toMatchObject({ validFrom: '2025-06-10T00:00:00.000Z' });
    expect(linesOf(callOf('openai/gpt-4o', { input: 1 }))[0]).not.toHaveProperty('validFrom');
  });
});

describe('hours of the day', () => {
  test.each([
    ['a weekday before the window', '2026-11-20T00:59:59.999Z', '0.660000'],
    ['a weekday in the window', '2026-11-20T01:00:00.000Z', '1.320000'],
    ['between the windows', '2026-11-20T04:00:00.000Z', '0.660000'],
    ['the second window', '2026-11-20T09:59:59.999Z', '1.320000'],
    ['after it', '2026-11-20T10:00:00.000Z', '0.660000'],
    ['a Saturday', '2026-11-21T02:00:00.000Z', '0.660000'],
    ['a Chinese holiday', '2026-10-01T02:00:00.000Z', '0.660000'],
    ['the day before there were windows', '2026-08-14T02:00:00.000Z', '0.435000'],
    ['the last minute of the flat price', '2026-08-16T15:59:59.999Z', '0.435000'],
    ['the first minute after it', '2026-08-16T16:00:00.000Z', '0.660000'],
    ['the one Saturday that still had windows', '2026-08-22T02:00:00.000Z', '1.320000'],
  ])('%s', (_what, startedAt, usd) => {
    expect(perMillion('deepseek/deepseek-v4-pro', 'input', at(startedAt))).toBe(usd);
  });
});

describe('service tiers', () => {
  test.each([
    ['openai/gpt-5', 'batch', '0.625000'],
    ['openai/gpt-5', 'flex', '0.625000'],
    ['openai/gpt-5', 'priority', '2.500000'],
    ['openai/gpt-5', 'default', '1.250000'],
    ['openai/gpt-5', 'auto', '1.250000'],
    ['openai/gpt-5-mini', 'priority', '0.450000'],
    ['openai/gpt-4o', 'priority', '4.250000'],
    ['openai/gpt-4o-mini', 'priority', '0.250000'],
    ['openai/gpt-4.1', 'batch', '1.000000'],
    ['openai/o4-mini', 'flex', '0.550000'],
    ['openai/text-embedding-3-large', 'batch', '0.065000'],
    ['anthropic/claude-haiku-4-5', 'batch', '0.500000'],
    ['google/gemini-2.5-flash', 'batch', '0.150000'],
    ['groq/llama-3.3-70b-versatile', 'flex', '0.590000'],
  ])('%s on %s', (name, serviceTier, usd) => {
    expect(perMillion(name, 'input', at('2026-11-20T12:00:00.000Z', { serviceTier }))).toBe(usd);
  });

  test.each([
    ['gpt-5.5', '12.5', '1.25', '75'],
    ['gpt-5.4', '5', '0.5', '30'],
    ['gpt-5.4-mini', '1.5', '0.15', '9'],
    ['gpt-5.2', '3.5', '0.35', '28'],
    ['gpt-5', '2.5', '0.25', '20'],
    ['gpt-5-mini', '0.45', '0.045', '3.6'],
    ['gpt-4.1', '3.5', '0.875', '14'],
    ['gpt-4.1-mini', '0.7', '0.175', '2.8'],
    ['gpt-4.1-nano', '0.2', '0.05', '0.8'],
    ['gpt-4o', '4.25', '2.125', '17'],
    ['gpt-4o-mini', '0.25', '0.125', '1'],
    ['o3', '3.5', '0.875', '14'],
    ['o4-mini', '2', '0.5', '8'],
  ])('priority of %s is what its page lists: %s, cached %s, out %s', (model, input, cached, output) => {
    const rates = linesOf(callOf(`openai/${model}`, { input: 1, cachedInput: 1, output: 1 }, { serviceTier: 'priority' }));
    expect(rates.map(({ rateUsd }) => millionFold(rateUsd))).toEqual([input, cached, output]);
    expect(new Set(rates.map(({ source }) => source.slice(0, 26)))).toEqual(new Set(['OpenAI priority processing']));
  });

  test('a batch object is priced as a batch even when nobody names the tier', () => {
    expect(perMillion('openai/gpt-4o', 'input', { kind: 'batch' })).toBe('1.250000');
  });

  test('halves caches too, where the price page does', () => {
    expect(usdOf(callOf('anthropic/claude-sonnet-4-5', { cachedInput: 1000, cacheWrite5m: 1000 }, { serviceTier: 'batch' }))).toBe(
      '0.002025000000',
    );
    expect(usdOf(callOf('openai/gpt-4.1', { cachedInput: 1000 }, { serviceTier: 'batch' }))).toMatch(/^unpriced .* cachedInput$/);
  });

  test('a tool fee is the same in every tier', () => {
    expect(usdOf(callOf('anthropic/claude-sonnet-4-5', { webSearches: 1 }, { serviceTier: 'batch' }))).toBe('0.010000000000');
  });

  test('a tier follows the cuts of the standard price', () => {
    const batch = { serviceTier: 'batch' };
    expect(perMillion('openai/gpt-5.6-sol', 'output', at('2026-08-20T00:00:00.000Z', { ...batch, usage: { output: MILLION } }))).toBe(
      '15.000000',
    );
    expect(perMillion('openai/gpt-5.6-sol', 'output', at('2026-08-21T00:00:00.000Z', { ...batch, usage: { output: MILLION } }))).toBe(
      '10.000000',
    );
  });
});

describe('long context', () => {
  test('more than the step, counted with caches and writes, applies to the whole call', () => {
    const sonnet = (input: number, cachedInput: number, cacheWrite5m: number): string =>
      usdOf(callOf('anthropic/claude-sonnet-4-5', { input, cachedInput, cacheWrite5m, output: 1000 }));
    expect(sonnet(100_000, 50_000, 50_000)).toBe('0.517500000000');
    expect(sonnet(100_000, 50_000, 50_001)).toBe('1.027507500000');
  });

  test.each([
    ['openai/gpt-5.4', 272_000, '0.680000000000', '1.360005000000'],
    ['openai/gpt-5.5', 272_000, '1.360000000000', '2.720010000000'],
    ['openai/gpt-5.6-sol', 272_000, '1.088000000000', '2.176008000000'],
    ['openai/gpt-6-astra', 272_000, '2.720000000000', '5.440020000000'],
    ['openai/gpt-6-luna', 272_000, '0.027200000000', '0.054400200000'],
    ['openai/gpt-6.1-sol', 272_000, '0.544000000000', '1.088004000000'],
    ['google/gemini-3.1-pro-preview', 200_000, '0.400000000000', '0.800004000000'],
    ['anthropic/claude-sonnet-4-20250514', 200_000, '0.600000000000', '1.200006000000'],
    ['anthropic/claude-haiku-5-5', 100_000, '0.010000000000', '0.050000500000'],
    ['xai/grok-4.7', 199_999, '0.399998000000', '0.800000000000'],
  ])('%s: %i tokens cost the lower price, one more the higher', (name, tokens, below, above) => {
    expect([usdOf(callOf(name, { input: tokens })), usdOf(callOf(name, { input: tokens + 1 }))]).toEqual([below, above]);
  });

  test('a tier that is not sold above the step is unpriced there', () => {
    expect(usdOf(callOf('openai/gpt-5.4', { input: 200_000 }, { serviceTier: 'priority' }))).toBe('1.000000000000');
    expect(usdOf(callOf('openai/gpt-5.4', { input: 300_000 }, { serviceTier: 'priority' }))).toMatch(/^unpriced/);
    expect(usdOf(callOf('openai/gpt-5.4', { input: 300_000 }, { serviceTier: 'batch' }))).toBe('0.750000000000');
  });
});

/** The price of a million, as price pages write it. */
function millionFold(rateUsd: string): string {
  const pico = parseUsd(rateUsd) ?? 0n;
  return formatUsd(pico * 1_000_000n).replace(/\.?0+$/, '');
}
