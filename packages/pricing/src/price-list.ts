/** What a model's units cost in one situation: since when, under which condition, and who says so. */
export type PriceList = {
  /** Decimal strings in USD by usage key, for as many units as `per` says. */
  readonly usd: Readonly<Record<string, string>>;
  /** Where a unit is priced in other quantities than `DEFAULT_PER` says. */
  readonly per?: Readonly<Record<string, number>>;
  /** Smallest quantity that is billed, by usage key. */
  readonly atLeast?: Readonly<Record<string, number>>;
  /** RFC 3339 UTC instants with milliseconds: from ≤ t < to. */
  readonly from?: string;
  readonly to?: string;
  readonly when?: PriceCondition;
  /** Absent means listed. */
  readonly status?: 'promotional' | 'announced';
  /** Key of the book's `sources`. */
  readonly source: string;
};

/** What must hold of a call for a price to apply; a member that is absent asks nothing, save `serviceTier`. */
export type PriceCondition = {
  /** Absent asks for the standard tier; `any` for a fee that no tier changes. */
  readonly serviceTier?: string;
  /** More than this many input tokens, cached and cache-writing ones included. */
  readonly inputAbove?: number;
  /** At most this many input tokens. */
  readonly inputUpTo?: number;
  /** One place, or several that cost the same; a call that names none was served at `global`. */
  readonly region?: string | readonly string[];
  /** Any place but this one. */
  readonly regionOtherThan?: string;
  readonly imageSize?: string;
  readonly imageQuality?: string;
  readonly searchContextSize?: string;
  readonly cloud?: string;
  readonly plan?: string;
  readonly hours?: HoursWindow;
};

/** Hours of the day in UTC, `HH:MM`, from ≤ t < to; a window may run over midnight. */
export type HoursWindow = {
  readonly from: string;
  readonly to: string;
  /** ISO weekdays, 1 is Monday; absent means every day. */
  readonly weekdays?: readonly number[];
  /** UTC dates on which the window does not open, `YYYY-MM-DD`. */
  readonly exceptDates?: readonly string[];
};

/** One model of one provider: its names and what it costs. */
export type ModelPrices = {
  readonly id: string;
  /** Other exact names, lower case. */
  readonly aliases?: readonly string[];
  readonly prices: readonly PriceList[];
};

/** Who says so, and when that was looked at. */
export type PriceSource = { readonly name: string; readonly url: string; readonly checked: string };

/** What the book holds of one provider. */
export type ProviderSection = {
  readonly provider: string;
  /** Leading parts a name may carry without meaning another model, like `models/`. */
  readonly prefixes?: readonly string[];
  /** Providers whose standard prices hold for models that are not listed here. */
  readonly fallback?: readonly string[];
  readonly models: readonly ModelPrices[];
};

/** The book as it lies on disk. */
export type PriceBookFile = {
  readonly version: string;
  /** Day of the newest check of any source, `YYYY-MM-DD`. */
  readonly publishedAt: string;
  readonly sources: Readonly<Record<string, PriceSource>>;
  readonly providers: readonly ProviderSection[];
};

const PER_MILLION = 1_000_000;
const PER_THOUSAND = 1000;

/** How many units a price is for, where its list does not say otherwise. */
export const DEFAULT_PER: Readonly<Record<string, number>> = {
  input: PER_MILLION,
  cachedInput: PER_MILLION,
  cacheWrite5m: PER_MILLION,
  cacheWrite1h: PER_MILLION,
  output: PER_MILLION,
  reasoning: PER_MILLION,
  audioInput: PER_MILLION,
  audioCachedInput: PER_MILLION,
  audioOutput: PER_MILLION,
  imageInput: PER_MILLION,
  imageCachedInput: PER_MILLION,
  imageOutput: PER_MILLION,
  cacheStorageTokenHours: PER_MILLION,
  images: 1,
  characters: PER_MILLION,
  seconds: 3600,
  pages: PER_THOUSAND,
  requests: PER_THOUSAND,
  webSearches: PER_THOUSAND,
  rerankSearches: PER_THOUSAND,
  readUnits: PER_MILLION,
  writeUnits: PER_MILLION,
  computeUnits: 1,
  gbMonths: 1,
};
