import type { ModelPrices } from '@llmobserve/pricing';
import type { OverlayAlike } from './read-overlay.ts';

/** Gives a unit the price of the one it is listed with, on the word of the page that lists them. */
export function priceAlike(model: ModelPrices, { unit, as, source }: OverlayAlike): ModelPrices {
  if (model.prices.some(({ usd }) => usd[unit] !== undefined)) return model;
  const alike = model.prices.flatMap((list) => {
    const price = list.usd[as];
    return price === undefined ? [] : [{ ...list, usd: { [unit]: price }, source }];
  });
  return { ...model, prices: [...model.prices, ...alike] };
}
