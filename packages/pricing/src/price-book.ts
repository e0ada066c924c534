import type { ModelPrices, PriceSource } from './price-row.ts';

/** Dated prices of every provider, ready to look up. */
export type PriceBook = {
  /** Names the book's content: same rows, same version. */
  readonly version: string;
  /** Day of the newest check of any source, `YYYY-MM-DD`. */
  readonly publishedAt: string;
  readonly sources: Readonly<Record<string, PriceSource>>;
  readonly providers: ReadonlyMap<string, ProviderPrices>;
};

/** The models of one provider by every exact name they answer to. */
export type ProviderPrices = {
  readonly provider: string;
  readonly models: readonly ModelPrices[];
  readonly byName: ReadonlyMap<string, ModelPrices>;
};
