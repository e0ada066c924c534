// Price a call, and say why it costs that.
export { priceEvent } from './price-event.ts';
export type { PricedEventCost } from './price-event.ts';
export { explainCost } from './explain-cost.ts';
export type { Rate, RateCard } from './rate-card.ts';

// Keep a card beside its events.
export { readRateCard, writeRateCard } from './rate-card-json.ts';
export type { RateCardJson } from './rate-card-json.ts';

// The book.
export { loadPriceBook } from './load-price-book.ts';
export { openPriceBook } from './open-price-book.ts';
export { GLOBAL_REGION } from './read-call-facts.ts';
export type { PriceBook, ProviderPrices } from './price-book.ts';
export type { HoursWindow, ModelPrices, PriceBookFile, PriceCondition, PriceList, PriceSource, ProviderSection } from './price-list.ts';
