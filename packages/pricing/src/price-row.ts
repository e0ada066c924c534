/** One price of one unit: what it costs, when that holds, and who says so. */
export type PriceRow = {
  /** A usage key of the contract. */
  readonly unit: string;
  /** Decimal string in USD for `per` units. */
  readonly usd: string;
  readonly per: number;
  /** RFC 3339 UTC instants with milliseconds: from ≤ t < to. */
  readonly from?: string;
  readonly to?: string;
  readonly when?: PriceCondition;
  /** Absent means listed. */
  readonly status?: 'promotional' | 'announced';
  /** Key of the book's `sources`. */
  readonly source: string;
};

/** What must hold of a call for a row to apply; a member that is absent asks nothing, save `serviceTier`. */
export type PriceCondition = {
  /** Absent asks for the standard tier; `any` for a fee that no tier changes. */
  readonly serviceTier?: string;
  /** More than this many input tokens, cached and cache-writing ones included. */
  readonly inputAbove?: number;
  /** At most this many input tokens. */
  readonly inputUpTo?: number;
  readonly region?: string;
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

/** One model of one provider: its names and its rows. */
export type ModelPrices = {
  readonly id: string;
  /** Other exact names, lower case. */
  readonly aliases?: readonly string[];
  readonly rows: readonly PriceRow[];
};

/** Where rows come from. */
export type PriceSource = { readonly name: string; readonly url: string; readonly checked: string };

/** The book as it lies on disk. */
export type PriceBookFile = {
  readonly version: string;
  readonly publishedAt: string;
  readonly sources: Readonly<Record<string, PriceSource>>;
  readonly providers: readonly { readonly provider: string; readonly models: readonly ModelPrices[] }[];
};
