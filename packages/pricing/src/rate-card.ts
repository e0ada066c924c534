/** What one unit costs in one situation. */
export type Rate = {
  /** A usage key of the contract. */
  readonly unit: string;
  /** Femto-dollars (10^-15 USD) for `per` units. */
  readonly rateFemtoUsd: bigint;
  readonly per: number;
  readonly source: string;
  /** RFC 3339 instant from which the rate holds; absent when the book knows no beginning. */
  readonly validFrom?: string;
  /** Smallest quantity that is billed, once anything is. */
  readonly atLeast?: number;
};

/** Everything a call is priced with; content-addressed: same content, same id. */
export type RateCard = { readonly id: string; readonly bookVersion: string; readonly rates: readonly Rate[] };
