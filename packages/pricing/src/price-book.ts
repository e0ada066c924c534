import type { ModelPrices, PriceSource } from './price-list.ts';

/** Dated prices of every provider, ready to look up. */
export type PriceBook = {
  /** Names the book's content: same prices, same version. */
  readonly version: string;
  /** Day of the newest check of any source, `YYYY-MM-DD`. */
  readonly publishedAt: string;
  readonly sources: Readonly<Record<string, PriceSource>>;
  readonly providers: ReadonlyMap<string, ProviderPrices>;
};

/** The models of one provider by every exact name they answer to. */
export type ProviderPrices = {
  readonly prefixes: readonly string[];
  readonly byName: ReadonlyMap<string, ModelPrices>;
};
