import type { PriceBook, ProviderPrices } from './price-book.ts';
import type { ModelPrices, PriceBookFile } from './price-row.ts';

/** Makes a book on disk ready to look up. */
export function openPriceBook(file: PriceBookFile): PriceBook {
  const { version, publishedAt, sources } = file;
  return { version, publishedAt, sources, providers: new Map(file.providers.map((entry) => [entry.provider, indexModels(entry)])) };
}

function indexModels({ provider, models }: PriceBookFile['providers'][number]): ProviderPrices {
  const byName = new Map<string, ModelPrices>();
  for (const model of models) {
    byName.set(model.id, model);
    for (const alias of model.aliases ?? []) byName.set(alias, model);
  }
  return { provider, models, byName };
}
