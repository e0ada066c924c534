import { parseUsd, ZERO_USD, type CostEvent, type CostQuality, type PicoUsd, type Usage } from '@llmobserve/protocol';
import { findCard } from './find-card.ts';
import { isFreeCall } from './is-free-call.ts';
import type { PriceBook } from './price-book.ts';
import { priceUsage, type PricedUsage } from './price-usage.ts';
import type { RateCard } from './rate-card.ts';

/** What one call costs, and how far that can be trusted. */
export type PricedEventCost = {
  readonly costPicoUsd: PicoUsd;
  readonly quality: CostQuality;
  /** What it was priced with; absent when the book does not know the model, or the call is free. */
  readonly card: RateCard | undefined;
  /** Usage keys that were used and have no rate. */
  readonly unpricedUnits: readonly string[];
};

const NOTHING: readonly string[] = [];
const NO_USAGE: Usage = {};
const FREE: PricedEventCost = { costPicoUsd: ZERO_USD, quality: 'exact', card: undefined, unpricedUnits: NOTHING };

/**
 * Prices one call at the instant it started: exact, and the same on every machine.
 *
 * @example priceEvent(loadPriceBook(), event).costPicoUsd
 */
export function priceEvent(book: PriceBook, event: CostEvent): PricedEventCost {
  if (event.kind === 'section') return FREE;
  const reported = event.reportedCostUsd === undefined ? undefined : parseUsd(event.reportedCostUsd);
  if (reported === undefined && isFreeCall(event)) return FREE;
  const found = findCard(book, event);
  // Moderation is free wherever the book lists no price for its model.
  if (reported === undefined && found === undefined && event.kind === 'moderation') return FREE;
  const priced = priceUsage(found, event.usage ?? NO_USAGE);
  if (reported !== undefined) return answer(found?.card, priced, { costPicoUsd: reported, quality: 'reported' });
  const isComplete = found !== undefined && event.usageQuality !== 'unknown' && priced.unpricedUnits.length === 0;
  if (!isComplete) return answer(found?.card, priced, { costPicoUsd: priced.costPicoUsd, quality: 'unpriced' });
  const quality = event.usageQuality === 'estimated' ? 'estimated' : 'exact';
  return answer(found.card, priced, { costPicoUsd: priced.costPicoUsd, quality });
}

function answer(card: RateCard | undefined, priced: PricedUsage, cost: Pick<PricedEventCost, 'costPicoUsd' | 'quality'>): PricedEventCost {
  return { costPicoUsd: cost.costPicoUsd, quality: cost.quality, card, unpricedUnits: priced.unpricedUnits };
}
