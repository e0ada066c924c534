import type { RateCard } from './rate-card.ts';

/** A card as JSON can hold it: the rate is a string of digits. */
export type RateCardJson = {
  readonly id: string;
  readonly bookVersion: string;
  readonly rates: readonly {
    readonly unit: string;
    readonly rateFemtoUsd: string;
    readonly per: number;
    readonly source: string;
    readonly validFrom?: string;
    readonly atLeast?: number;
  }[];
};

/** Makes a card ready for JSON, so that a store can keep it beside its events. */
export function writeRateCard({ id, bookVersion, rates }: RateCard): RateCardJson {
  return { id, bookVersion, rates: rates.map((rate) => ({ ...rate, rateFemtoUsd: rate.rateFemtoUsd.toString() })) };
}

/**
 * Reads back what `writeRateCard` wrote.
 *
 * @example readRateCard(writeRateCard(card)) // equal to card
 */
export function readRateCard({ id, bookVersion, rates }: RateCardJson): RateCard {
  return { id, bookVersion, rates: rates.map((rate) => ({ ...rate, rateFemtoUsd: BigInt(rate.rateFemtoUsd) })) };
}
