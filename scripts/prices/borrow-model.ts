import type { ModelPrices, ProviderSection } from '@llmobserve/pricing';

/** Takes over a model, at its standard prices and under every name, from those whose models a provider resells. */
export function borrowModel(id: string, sections: readonly ProviderSection[]): ModelPrices | undefined {
  const found = sections.flatMap(({ models }) => models.filter((model) => model.id === id));
  const [first] = found;
  if (!first) return undefined;
  const aliases = [...new Set(found.flatMap((model) => model.aliases ?? []))].toSorted();
  const prices = first.prices.filter(({ when }) => when?.serviceTier === undefined);
  return aliases.length > 0 ? { id, aliases, prices } : { id, prices };
}
