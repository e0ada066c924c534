import { divideHalfEven, formatUsd, parseUsd, type CostEvent, type Usage } from '@llmobserve/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainCost, loadPriceBook, openPriceBook, priceEvent, readRateCard, writeRateCard, type PriceBook } from '../src/index.ts';
import { callOf, linesOf, makeCall, usdOf } from './make-call.ts';

const MODELS = [
  'openai/gpt-4o-mini',
  'openai/gpt-5.6-sol',
  'anthropic/claude-sonnet-4-5',
  'google/gemini-2.5-pro',
  'deepseek/deepseek-v4-pro',
  'perplexity/sonar',
];
const TOKEN_UNITS = ['input', 'cachedInput', 'cacheWrite5m', 'cacheWrite1h', 'output', 'reasoning', 'audioInput', 'imageInput'];
const MEASURES = ['seconds', 'characters', 'readUnits', 'writeUnitsMin', 'webSearches', 'requests', 'images', 'gpuMinutes'];

const quantity = fc.oneof(fc.nat(2_000_000), fc.constantFrom(0, 1, 1e12));
const fraction = fc.oneof(quantity, fc.double({ min: 0, max: 1e12, noNaN: true }), fc.constantFrom(0.1, 0.25, 1e-7, 5e-324, 12.3456));
const usage: fc.Arbitrary<Usage> = fc
  .tuple(fc.dictionary(fc.constantFrom(...TOKEN_UNITS), quantity), fc.dictionary(fc.constantFrom(...MEASURES), fraction))
  .map(([tokens, measures]) => ({ ...tokens, ...measures }));
const event: fc.Arbitrary<CostEvent> = fc
  .record({
    name: fc.constantFrom(...MODELS),
    usage,
    startedAt: fc.date({ min: new Date('2024-01-01'), max: new Date('2027-06-01'), noInvalidDate: true }).map((date) => date.toISOString()),
    serviceTier: fc.constantFrom('default', 'batch', 'flex', 'priority', 'unheard-of'),
    usageQuality: fc.constantFrom('reported' as const, 'estimated' as const, 'unknown' as const),
  })
  .map(({ name, usage: used, ...rest }) => callOf(name, used, rest));

describe('any call', () => {
  test('costs exactly the sum of its lines, and never less than nothing', () => {
    fc.assert(
      fc.property(event, (call) => {
        const { costPicoUsd, card } = priceEvent(loadPriceBook(), call);
        const sum = explainCost(card, call).reduce((total, line) => total + (parseUsd(line.usd) ?? -1n), 0n);
        expect(sum).toBe(costPicoUsd);
        expect(costPicoUsd >= 0n).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('can be recomputed from its lines by anyone: quantity × rate / per, rounded half-even', () => {
    fc.assert(
      fc.property(event, (call) => {
        for (const line of linesOf(call)) {
          const [used, rate] = [fractionOf(line.quantity), fractionOf(line.rateUsd)];
          const pico = divideHalfEven(used.digits * rate.digits * 10n ** 12n, used.divisor * rate.divisor * BigInt(line.per));
          expect(line.usd).toBe(formatUsd(pico));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('is explained alike by its card after a journey through JSON', () => {
    fc.assert(
      fc.property(event, (call) => {
        const { card } = priceEvent(loadPriceBook(), call);
        if (!card) return;
        const kept = readRateCard(JSON.parse(JSON.stringify(writeRateCard(card))));
        expect(kept).toEqual(card);
        expect(explainCost(kept, call)).toEqual(explainCost(card, call));
      }),
    );
  });
});

describe('many calls', () => {
  test('sum to the same in any order', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 2, maxLength: 20 }), fc.infiniteStream(fc.nat()), (calls, seeds) => {
        const sum = (list: readonly CostEvent[]): bigint =>
          list.reduce((total, call) => total + priceEvent(loadPriceBook(), call).costPicoUsd, 0n);
        const shuffled = calls.map((call) => ({ call, seed: seeds.next().value ?? 0 })).toSorted((one, other) => one.seed - other.seed);
        expect(sum(shuffled.map(({ call }) => call))).toBe(sum(calls));
      }),
    );
  });

  test('cost the same whatever was priced before them', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 5 }), event, (before, call) => {
        const fresh = openPriceBook({ ...EMPTY, ...bookFile() });
        for (const other of before) priceEvent(fresh, other);
        expect(priceEvent(fresh, call).costPicoUsd).toBe(priceEvent(loadPriceBook(), call).costPicoUsd);
      }),
      { numRuns: 50 },
    );
  });
});

test('k times the tokens cost k times as much, below a step', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 10 }), (tokens, factor) => {
      const cost = (count: number): bigint =>
        priceEvent(loadPriceBook(), callOf('openai/gpt-4o-mini', { input: count, output: count })).costPicoUsd;
      expect(cost(tokens * factor)).toBe(cost(tokens) * BigInt(factor));
    }),
  );
});

describe('rounding', () => {
  const book = (usd: string, per: number): PriceBook =>
    openPriceBook({
      ...EMPTY,
      providers: [
        {
          provider: 'openai',
          models: [{ id: 'gpt-4o', prices: [{ usd: { input: usd, output: usd }, per: { input: per, output: per }, source: 's' }] }],
        },
      ],
    });
  const pico = (usd: string, per: number, input: number): bigint =>
    priceEvent(book(usd, per), makeCall({ usage: { input }, usageQuality: 'reported' })).costPicoUsd;

  test('halves go to the even neighbour', () => {
    expect([1, 3, 5, 7].map((half) => pico('0.000000000001', 2, half))).toEqual([0n, 2n, 2n, 4n]);
    expect(pico('0.000000000001', 3, 2)).toBe(1n);
    expect(pico('0.000000000001', 3, 1)).toBe(0n);
  });

  test('is done once a line, not once a call', () => {
    const both = priceEvent(book('0.000000000001', 2), makeCall({ usage: { input: 3, output: 3 }, usageQuality: 'reported' }));
    expect(both.costPicoUsd).toBe(4n);
  });

  test('a price below a pico-dollar still counts', () => {
    expect(pico('0.000000000000001', 1, 500_000)).toBe(500n);
  });
});

test('quantities are written as plain decimals', () => {
  const quantities = [0.25, 1e-7, 12.3456, 1e12].map((seconds) => linesOf(callOf('openai/whisper-1', { seconds }))[0]?.quantity);
  expect(quantities).toEqual(['0.25', '0.0000001', '12.3456', '1000000000000']);
  expect(usdOf(callOf('openai/whisper-1', { seconds: 1e12 }))).toBe('100000000.000000000000');
});

test('an explained line carries its rate, unit and source', () => {
  expect(linesOf(callOf('openai/gpt-4o', { cachedInput: 1024 }))).toEqual([
    {
      unit: 'cachedInput',
      quantity: '1024',
      rateUsd: '0.00000125',
      per: 1,
      usd: '0.001280000000',
      source: '@pydantic/genai-prices 0.1.8, https://developers.openai.com/api/docs/pricing, checked 2026-09-23',
    },
  ]);
});

const EMPTY = {
  version: 'test',
  publishedAt: '2026-11-20',
  sources: { s: { name: 's', url: 'https://example.com', checked: '2026-11-20' } },
  providers: [],
};

function bookFile(): Parameters<typeof openPriceBook>[0] {
  const { version, publishedAt, sources, providers } = loadPriceBook();
  const sections = [...providers].map(([provider, { prefixes, byName }]) => ({
    provider,
    prefixes,
    models: [...new Set(byName.values())],
  }));
  return { version, publishedAt, sources, providers: sections };
}

function fractionOf(decimal: string): { digits: bigint; divisor: bigint } {
  const [whole = '', decimals = ''] = decimal.split('.');
  return { digits: BigInt(whole + decimals), divisor: 10n ** BigInt(decimals.length) };
}
