import { createHash } from 'node:crypto';
import type { ModelPrices, PriceBookFile, PriceList, PriceSource, ProviderSection } from '@llmobserve/pricing';
import { borrowModel } from './borrow-model.ts';
import { checkBook } from './check-book.ts';
import { readLibrary } from './read-library.ts';
import { moveStep } from './move-step.ts';
import { priceAlike } from './price-alike.ts';
import { priceRegions } from './price-regions.ts';
import { priceTier } from './price-tier.ts';
import { EVERY_MODEL, namesModel, readOverlays, type Overlay, type OverlayModel, type OverlayRegion } from './read-overlay.ts';

/** Builds the book: the library's prices, our own laid over them, all checked. The same inputs give the same bytes. */
export async function buildBook(): Promise<PriceBookFile> {
  const overlays = readOverlays();
  const known = Object.fromEntries(overlays.map((overlay) => [overlay.provider, overlay.known ?? []]));
  const library = await readLibrary(known);
  const sources = sortKeys(Object.fromEntries([library, ...overlays].flatMap((from) => Object.entries(from.sources))));
  const providers = layOver(library.sections, overlays);
  const publishedAt = newestCheck(sources);
  const version = `${publishedAt}.${hashOf({ sources, providers })}`;
  const book = { version, publishedAt, sources, providers };
  const problems = checkBook(book);
  if (problems.length > 0) throw new Error(`prices: the book does not hold together:\n${problems.join('\n')}`);
  return book;
}

function layOver(sections: readonly ProviderSection[], overlays: readonly Overlay[]): readonly ProviderSection[] {
  const byProvider = new Map(sections.map((section) => [section.provider, section]));
  for (const overlay of overlays) {
    byProvider.set(
      overlay.provider,
      layOverSection(byProvider.get(overlay.provider) ?? { provider: overlay.provider, models: [] }, overlay),
    );
  }
  const placed = [...byProvider.values()].map((section) => {
    const overlay = overlays.find(({ provider }) => provider === section.provider);
    return overlay?.regions ? addRegions(section, overlay.regions, byProvider) : section;
  });
  return placed.toSorted((one, other) => (one.provider < other.provider ? -1 : 1));
}

function layOverSection(section: ProviderSection, overlay: Overlay): ProviderSection {
  const laidOver = new Map(section.models.map((model) => [model.id, moveSteps(model, overlay)]));
  for (const model of overlay.models ?? []) laidOver.set(model.id, layOverModel(laidOver.get(model.id), model));
  refuseUnknown(overlay, laidOver);
  const fallback = overlay.fallback ?? section.fallback;
  const models = [...laidOver.values()].map((model) => addTiers(addAlikes(withOwnNames(model, laidOver), overlay), overlay));
  return {
    provider: section.provider,
    ...(overlay.prefixes && { prefixes: overlay.prefixes }),
    ...(fallback && { fallback }),
    models: models.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
  };
}

/** Last, for what is resold is resold at the price of no place. */
function addRegions(
  section: ProviderSection,
  rules: readonly OverlayRegion[],
  sections: ReadonlyMap<string, ProviderSection>,
): ProviderSection {
  const own = new Map(section.models.map((model) => [model.id, model]));
  const resold = (section.fallback ?? []).flatMap((provider) => sections.get(provider) ?? []);
  for (const id of rules.flatMap(({ models }) => models)) {
    const model = own.get(id) ?? borrowModel(id, resold);
    if (!model) throw new Error(`prices: ${section.provider} has no ${id} that a place could change the price of`);
    own.set(id, model);
  }
  const models = [...own.values()].map((model) =>
    priceRegions(
      model,
      rules.filter((rule) => rule.models.includes(model.id)),
    ),
  );
  return { ...section, models: models.toSorted((one, other) => (one.id < other.id ? -1 : 1)) };
}

function moveSteps(model: ModelPrices, { steps = [] }: Overlay): ModelPrices {
  return steps.reduce(moveStep, model);
}

function addAlikes(model: ModelPrices, { samePrice = [] }: Overlay): ModelPrices {
  return samePrice.filter(({ models }) => namesModel(models, model.id)).reduce(priceAlike, model);
}

function addTiers(model: ModelPrices, { tiers = [] }: Overlay): ModelPrices {
  const added = tiers.filter(({ models }) => namesModel(models, model.id)).flatMap((tier) => priceTier(model, tier));
  return added.length > 0 ? { ...model, prices: [...model.prices, ...added] } : model;
}

/** A tier of a model that is not in the book is a slip of the pen. */
function refuseUnknown({ provider, tiers = [], samePrice = [] }: Overlay, models: ReadonlyMap<string, ModelPrices>): void {
  const unknown = [...tiers, ...samePrice].flatMap((rule) => rule.models.filter((id) => id !== EVERY_MODEL && !models.has(id)));
  if (unknown.length > 0) throw new Error(`prices: ${provider} has no ${unknown.join(', ')} that a rule of the overlay could apply to`);
}

function layOverModel(base: ModelPrices | undefined, { replaces, ...model }: OverlayModel): ModelPrices {
  const prices: readonly PriceList[] = replaces || !base ? model.prices : [...base.prices, ...model.prices];
  const aliases = [...new Set([...(base?.aliases ?? []), ...(model.aliases ?? [])])].toSorted();
  return aliases.length > 0 ? { id: model.id, aliases, prices } : { id: model.id, prices };
}

/** An id that has become a model of its own is no longer another's alias. */
function withOwnNames(model: ModelPrices, models: ReadonlyMap<string, ModelPrices>): ModelPrices {
  const aliases = model.aliases?.filter((alias) => !models.has(alias)) ?? [];
  return aliases.length > 0 ? { id: model.id, aliases, prices: model.prices } : { id: model.id, prices: model.prices };
}

function newestCheck(sources: Readonly<Record<string, PriceSource>>): string {
  const checks = Object.values(sources).map(({ checked }) => checked);
  return checks.toSorted().at(-1) ?? '';
}

function sortKeys<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function hashOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
}
