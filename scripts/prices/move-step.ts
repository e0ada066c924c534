import type { ModelPrices } from '@llmobserve/pricing';
import type { OverlayStep } from './read-overlay.ts';

/** Puts a step where the provider's page has it. */
export function moveStep(model: ModelPrices, { inputAbove, means, source }: OverlayStep): ModelPrices {
  const prices = model.prices.map((list) =>
    list.when?.inputAbove === inputAbove ? { ...list, when: { ...list.when, inputAbove: means }, source } : list,
  );
  return { ...model, prices };
}
