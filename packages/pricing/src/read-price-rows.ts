import { DEFAULT_PER, type PriceCondition, type PriceList } from './price-list.ts';

/** One price of one unit, taken out of its list. */
export type PriceRow = {
  readonly unit: string;
  /** Decimal string in USD for `per` units. */
  readonly usd: string;
  readonly per: number;
  readonly atLeast: number | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly when: PriceCondition;
  readonly source: string;
};

const UNCONDITIONAL: PriceCondition = {};

/**
 * Takes a list apart into one row a unit.
 *
 * @throws RangeError when nothing says how many units a price is for.
 */
export function readPriceRows(list: PriceList): readonly PriceRow[] {
  const { from, to, source, when = UNCONDITIONAL } = list;
  return Object.entries(list.usd).map(([unit, usd]) => {
    const per = list.per?.[unit] ?? DEFAULT_PER[unit];
    if (per === undefined) throw new RangeError(`pricing: the price of ${unit} does not say how many it is for`);
    return { unit, usd, per, atLeast: list.atLeast?.[unit], from, to, when, source };
  });
}
