import type { Rate, RateCard } from './rate-card.ts';

/** A rate with what pricing needs at hand. */
export type CompiledRate = {
  readonly rate: Rate;
  readonly per: bigint;
  /** Pico-dollars for one unit when that is a whole number, so that whole quantities need no division. */
  readonly wholePicoUsd: bigint | undefined;
};

/** A card with its rates by usage key. */
export type CompiledCard = {
  readonly card: RateCard;
  readonly rateOf: ReadonlyMap<string, CompiledRate>;
  /** The number of pictures is then information, not a quantity to bill. */
  readonly pricesImagesByToken: boolean;
};

const compiledCards = new WeakMap<RateCard, CompiledCard>();
const FEMTO_PER_PICO = 1000n;

/** Prepares a card for pricing; the same card is prepared once. */
export function compileCard(card: RateCard): CompiledCard {
  const known = compiledCards.get(card);
  if (known) return known;
  const compiled = compile(card);
  compiledCards.set(card, compiled);
  return compiled;
}

function compile(card: RateCard): CompiledCard {
  const rateOf = new Map(card.rates.map((rate) => [rate.unit, compileRate(rate)]));
  const writes = rateOf.get('writeUnits');
  if (writes) rateOf.set('writeUnitsMin', writes);
  const pricesImagesByToken = rateOf.has('imageInput') || rateOf.has('imageOutput');
  return { card, rateOf, pricesImagesByToken };
}

function compileRate(rate: Rate): CompiledRate {
  const per = BigInt(rate.per);
  const divisor = per * FEMTO_PER_PICO;
  const isWhole = rate.rateFemtoUsd % divisor === 0n;
  return { rate, per, wholePicoUsd: isWhole ? rate.rateFemtoUsd / divisor : undefined };
}
