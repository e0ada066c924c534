import type { ModelPrices } from '@llmobserve/pricing';
import { expect, test } from 'vitest';
import { borrowModel } from '../borrow-model.ts';
import { priceRegions } from '../price-regions.ts';

const JULY = '2026-07-01T00:00:00.000Z';
const MODEL: ModelPrices = {
  id: 'm',
  prices: [
    { usd: { input: '0.25', webSearches: '10' }, source: 's' },
    { usd: { input: '0.125' }, to: '2026-06-01T00:00:00.000Z', when: { serviceTier: 'batch' }, source: 's' },
  ],
};
const RULE = { regions: ['eu', 'us'], times: '1.1', units: ['input'], models: ['m'], source: 'page' };

test('a unit that a rule names costs what it did at global, and more at its places, in every tier; others are left alone', () => {
  expect(priceRegions(MODEL, [RULE]).prices).toEqual([
    { usd: { webSearches: '10' }, source: 's' },
    { usd: { input: '0.25' }, when: { region: 'global' }, source: 's' },
    { usd: { input: '0.275' }, when: { region: ['eu', 'us'] }, source: 'page' },
    { usd: { input: '0.125' }, to: '2026-06-01T00:00:00.000Z', when: { serviceTier: 'batch', region: 'global' }, source: 's' },
    { usd: { input: '0.1375' }, to: '2026-06-01T00:00:00.000Z', when: { serviceTier: 'batch', region: ['eu', 'us'] }, source: 'page' },
  ]);
});

test('a rule for every other place holds between its dates, and a list that had ended by then has none', () => {
  const { regions: _regions, ...elsewhere } = RULE;
  expect(priceRegions(MODEL, [{ ...elsewhere, from: JULY }]).prices.filter(({ source }) => source === 'page')).toEqual([
    { usd: { input: '0.275' }, from: JULY, when: { regionOtherThan: 'global' }, source: 'page' },
  ]);
  expect(priceRegions(MODEL, [{ ...elsewhere, to: JULY }]).prices.filter(({ to }) => to === JULY)).toHaveLength(1);
});

test('a rule without a place leaves the price of global alone', () => {
  const { prices } = priceRegions(MODEL, [{ ...RULE, regions: [] }]);
  expect(prices.filter(({ usd }) => usd['input'] !== undefined).map(({ when }) => when?.region)).toEqual(['global', 'global']);
});

test('a model without rules stays as it is', () => {
  expect(priceRegions(MODEL, [])).toBe(MODEL);
});

test('a resold model keeps the standard prices of who is asked first, and the names of all', () => {
  const sections = [
    { provider: 'a', models: [{ ...MODEL, aliases: ['m@1'] }] },
    { provider: 'b', models: [{ id: 'm', aliases: ['m-1'], prices: [] }] },
  ];
  expect(borrowModel('m', sections)).toEqual({ id: 'm', aliases: ['m-1', 'm@1'], prices: MODEL.prices.slice(0, 1) });
  expect(borrowModel('other', sections)).toBeUndefined();
});
