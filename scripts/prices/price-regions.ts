import { GLOBAL_REGION, type ModelPrices, type PriceCondition, type PriceList } from '@llmobserve/pricing';
import { multiplyDecimals } from './multiply-decimals.ts';
import type { OverlayRegion } from './read-overlay.ts';

/** Splits a model's prices by the place that serves it, in every tier; units that no rule names cost the same everywhere. */
export function priceRegions(model: ModelPrices, rules: readonly OverlayRegion[]): ModelPrices {
  if (rules.length === 0) return model;
  const units = new Set(rules.flatMap((rule) => rule.units));
  const prices = model.prices.flatMap((list) => [
    ...withUnits(list, (unit) => !units.has(unit)),
    ...withUnits({ ...list, when: { ...list.when, region: GLOBAL_REGION } }, (unit) => units.has(unit)),
    ...rules.flatMap((rule) => regionalLists(list, rule)),
  ]);
  return { ...model, prices };
}

function regionalLists(list: PriceList, rule: OverlayRegion): readonly PriceList[] {
  const { from: listFrom, to: listTo, source: _source, ...rest } = list;
  const from = [listFrom, rule.from]
    .filter((instant) => instant !== undefined)
    .toSorted()
    .at(-1);
  const to = [listTo, rule.to]
    .filter((instant) => instant !== undefined)
    .toSorted()
    .at(0);
  if (rule.regions?.length === 0 || (from !== undefined && to !== undefined && from >= to)) return [];
  const usd = Object.fromEntries(Object.entries(list.usd).map(([unit, price]) => [unit, multiplyDecimals(price, rule.times)]));
  const when: PriceCondition = { ...list.when, ...placeOf(rule) };
  const dated = { ...rest, usd, ...(from !== undefined && { from }), ...(to !== undefined && { to }), when, source: rule.source };
  return withUnits(dated, (unit) => rule.units.includes(unit));
}

function placeOf({ regions }: OverlayRegion): PriceCondition {
  if (regions === undefined) return { regionOtherThan: GLOBAL_REGION };
  return { region: regions };
}

/** The list with those of its units that are wanted, or none. */
function withUnits(list: PriceList, isWanted: (unit: string) => boolean): readonly PriceList[] {
  const units = Object.entries(list.usd).filter(([unit]) => isWanted(unit));
  return units.length > 0 ? [{ ...list, usd: Object.fromEntries(units) }] : [];
}
