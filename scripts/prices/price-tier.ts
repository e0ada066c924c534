import type { ModelPrices, PriceCondition, PriceList } from '@llmobserve/pricing';
import { multiplyDecimals } from './multiply-decimals.ts';
import type { OverlayTier } from './read-overlay.ts';

/** The prices of a tier, taken from a model's standard prices. */
export function priceTier(model: ModelPrices, tier: OverlayTier): readonly PriceList[] {
  const standard = model.prices.filter(({ when }) => when?.serviceTier === undefined);
  const lastStep = tier.context === 'short' ? firstStep(standard) : undefined;
  return standard.flatMap((list) => tier.serviceTiers.flatMap((serviceTier) => tierList(list, { serviceTier, lastStep, tier })));
}

function firstStep(lists: readonly PriceList[]): number | undefined {
  const steps = lists.flatMap(({ when }) => when?.inputAbove ?? []);
  return steps.length > 0 ? Math.min(...steps) : undefined;
}

type TierSituation = { readonly serviceTier: string; readonly lastStep: number | undefined; readonly tier: OverlayTier };

function tierList(list: PriceList, { serviceTier, lastStep, tier }: TierSituation): readonly PriceList[] {
  if (lastStep !== undefined && list.when?.inputAbove !== undefined) return [];
  if (tier.from !== undefined && list.to !== undefined && list.to <= tier.from) return [];
  const units = Object.entries(list.usd).filter(([unit]) => tier.units.includes(unit));
  if (units.length === 0) return [];
  const usd = Object.fromEntries(units.map(([unit, price]) => [unit, multiplyDecimals(price, tier.times)]));
  const from = [list.from, tier.from]
    .filter((instant) => instant !== undefined)
    .toSorted()
    .at(-1);
  const when: PriceCondition = { ...list.when, serviceTier, ...(lastStep !== undefined && { inputUpTo: lastStep }) };
  const { from: _from, source: _source, ...rest } = list;
  return [{ ...rest, usd, ...(from !== undefined && { from }), when, source: tier.source }];
}
