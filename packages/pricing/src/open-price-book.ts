import type { PriceBook, ProviderPrices } from './price-book.ts';
import type { ModelPrices, PriceBookFile, PriceList, ProviderSection } from './price-list.ts';
import { GLOBAL_REGION } from './read-call-facts.ts';

/** Makes a book on disk ready to look up. */
export function openPriceBook(file: PriceBookFile): PriceBook {
  const { version, publishedAt, sources } = file;
  const sections = new Map(file.providers.map((section) => [section.provider, section]));
  const providers = new Map<string, ProviderPrices>();
  for (const section of file.providers) providers.set(section.provider, indexSection(section, sections));
  return { version, publishedAt, sources, providers };
}

/** Own models first: what another provider charges holds only for names that are not listed here. */
function indexSection(section: ProviderSection, sections: ReadonlyMap<string, ProviderSection>): ProviderPrices {
  const byName = new Map<string, ModelPrices>();
  addModels(byName, section.models);
  for (const provider of section.fallback ?? []) addModels(byName, (sections.get(provider)?.models ?? []).map(asResold));
  return { prefixes: section.prefixes ?? [], byName };
}

function addModels(byName: Map<string, ModelPrices>, models: readonly ModelPrices[]): void {
  for (const model of models) {
    for (const name of [model.id, ...(model.aliases ?? [])]) if (!byName.has(name)) byName.set(name, model);
  }
}

/** The tiers and places of one provider are not those of another that resells its models. */
function asResold(model: ModelPrices): ModelPrices {
  return { ...model, prices: model.prices.flatMap(resoldList) };
}

function resoldList({ when = {}, ...list }: PriceList): readonly PriceList[] {
  const { region, regionOtherThan, ...rest } = when;
  const isElsewhere = regionOtherThan !== undefined || (region !== undefined && region !== GLOBAL_REGION);
  return isElsewhere || rest.serviceTier !== undefined ? [] : [{ ...list, when: rest }];
}
