import type { ModelPrices, PriceBookFile, PriceList } from '@llmobserve/pricing';
import { describe, expect, test } from 'vitest';
import { checkBook } from '../check-book.ts';
import { findJumps } from '../find-jumps.ts';
import { moveStep } from '../move-step.ts';
import { multiplyDecimals } from '../multiply-decimals.ts';
import { priceAlike } from '../price-alike.ts';
import { priceTier } from '../price-tier.ts';
import { readNames } from '../read-names.ts';
import { writePrice } from '../write-price.ts';

const list = (usd: Record<string, string>, more: Partial<PriceList> = {}): PriceList => ({ usd, source: 's', ...more });
const bookOf = (...models: readonly ModelPrices[]): PriceBookFile => ({
  version: 'v',
  publishedAt: '2026-11-20',
  sources: { s: { name: 's', url: 'https://example.com', checked: '2026-11-20' } },
  providers: [{ provider: 'acme', models }],
});
const problemsOf = (...prices: readonly PriceList[]): readonly string[] => checkBook(bookOf({ id: 'm', prices }));

describe('a book is refused', () => {
  test.each([
    ['for a key that is no usage key', [list({ prompt: '1' })], 'prompt is no usage key'],
    ['for a price that is no decimal', [list({ input: '1e-3' })], '1e-3 is no price'],
    ['for a price that can only be a slip of the unit', [list({ input: '2501' })], '2501 for input is above 2500'],
    ['for a source that is not named', [list({ input: '1' }, { source: 'other' })], 'no source other'],
    ['for a time that is no instant', [list({ input: '1' }, { from: '2026-01-01' })], '2026-01-01 is no instant'],
    [
      'for a validity that ends before it begins',
      [list({ input: '1' }, { from: '2026-02-01T00:00:00.000Z', to: '2026-01-01T00:00:00.000Z' })],
      'ends before it begins',
    ],
    ['for an hour that is none', [list({ input: '1' }, { when: { hours: { from: '25:00', to: '26:00' } } })], '25:00 is no hour'],
    [
      'for a tier that would be too cheap above a context step',
      [
        list({ input: '1' }),
        list({ input: '2' }, { when: { inputAbove: 100 } }),
        list({ input: '3' }, { when: { serviceTier: 'priority' } }),
      ],
      'tier priority does not say what happens above 100 tokens',
    ],
    [
      'for a unit that would cost the same where no price is known',
      [list({ input: '1' }), list({ input: '1.1' }, { when: { region: ['eu'] } })],
      'input has prices by place and one for all',
    ],
  ])('%s', (_why, prices, problem) => {
    expect(problemsOf(...prices).join('\n')).toContain(problem);
  });

  test('for one name of two models', () => {
    expect(checkBook(bookOf({ id: 'a', prices: [] }, { id: 'b', aliases: ['a'], prices: [] }))).toEqual(['acme: a names both a and b']);
  });
});

test('a sound book has no problems', () => {
  expect(problemsOf(list({ input: '0.0028' }), list({ input: '2' }, { when: { serviceTier: 'batch' } }))).toEqual([]);
});

test('a change above threefold is held, up or down, and a price that becomes free too', () => {
  const before = bookOf({ id: 'm', prices: [list({ input: '1', output: '3', cachedInput: '1' })] });
  const after = bookOf({ id: 'm', prices: [list({ input: '3.1', output: '1', cachedInput: '0' })] });
  expect(findJumps(before, after)).toEqual(['acme m input: 1 → 3.1', 'acme m cachedInput: 1 → 0']);
  expect(findJumps(before, before)).toEqual([]);
});

describe('a tier', () => {
  const model: ModelPrices = {
    id: 'm',
    prices: [
      list({ input: '0.435', webSearches: '10' }, { to: '2026-01-01T00:00:00.000Z' }),
      list({ input: '5' }, { when: { inputAbove: 100 } }),
    ],
  };
  const tier = { serviceTiers: ['priority'], times: '1.7', units: ['input'], models: ['m'], source: 't' };

  test('takes over the standard prices it is told to, by the exact factor', () => {
    expect(priceTier(model, tier)).toEqual([
      { usd: { input: '0.7395' }, to: '2026-01-01T00:00:00.000Z', when: { serviceTier: 'priority' }, source: 't' },
      { usd: { input: '8.5' }, when: { inputAbove: 100, serviceTier: 'priority' }, source: 't' },
    ]);
  });

  test('that is sold for short contexts only says so', () => {
    expect(priceTier(model, { ...tier, context: 'short' })).toEqual([
      { usd: { input: '0.7395' }, to: '2026-01-01T00:00:00.000Z', when: { serviceTier: 'priority', inputUpTo: 100 }, source: 't' },
    ]);
  });
});

test('a unit without a price of its own takes the one it is listed with, and names the page that lists them', () => {
  const alike = { unit: 'imageInput', as: 'input', models: ['m'], source: 'page' };
  expect(priceAlike({ id: 'm', prices: [list({ input: '1' })] }, alike).prices).toEqual([
    list({ input: '1' }),
    { usd: { imageInput: '1' }, source: 'page' },
  ]);
  const own = { id: 'm', prices: [list({ input: '1' }), list({ imageInput: '2' })] };
  expect(priceAlike(own, alike)).toBe(own);
});

test('a context step is put where the page of the provider has it', () => {
  const model = { id: 'm', prices: [list({ input: '1' }), list({ input: '2' }, { when: { inputAbove: 99 } })] };
  expect(moveStep(model, { inputAbove: 99, means: 100, source: 'page' }).prices).toEqual([
    list({ input: '1' }),
    { usd: { input: '2' }, when: { inputAbove: 100 }, source: 'page' },
  ]);
});

test('decimals are multiplied exactly', () => {
  expect([
    multiplyDecimals('0.003625', '0.5'),
    multiplyDecimals('1.1', '1.1'),
    multiplyDecimals('20', '5'),
    multiplyDecimals('10', '0.1'),
  ]).toEqual(['0.0018125', '1.21', '100', '1']);
});

test('the noise of floats is not taken for digits of a price', () => {
  expect([writePrice(0.1 + 0.2), writePrice(0.0028), writePrice(5), writePrice(0)]).toEqual(['0.3', '0.0028', '5', '0']);
  expect(() => writePrice(1e-15)).toThrow('more decimals');
});

describe('names', () => {
  const models = [
    { id: 'big', match: { or: [{ starts_with: 'big-2' }, { equals: 'BIG' }] }, prices: {} },
    { id: 'bigger', match: { contains: 'big' }, prices: {} },
    { id: 'dated', match: { regex: '^dated\\.1-\\d{4}-\\d{2}-\\d{2}$' }, prices: {} },
  ];
  const namesOf = (index: number, known: readonly string[] = []): readonly string[] | undefined => {
    const model = models[index];
    return model && readNames(models, known).get(model);
  };

  test('come from the texts of the rules, and belong to the first model that matches', () => {
    expect(namesOf(0)).toEqual(['big', 'big-2']);
    expect(namesOf(1)).toEqual(['bigger']);
  });

  test('known ones are added where the rules cover them, and refused where none does', () => {
    expect(namesOf(0, ['big-2-0625'])).toEqual(['big', 'big-2', 'big-2-0625']);
    expect(() => namesOf(0, ['small'])).toThrow('small');
  });

  test('a rule for dates gives no name by itself', () => {
    expect(namesOf(2)).toEqual([]);
  });
});
