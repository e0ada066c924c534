import { formatUsd, type CostEvent, type Usage } from '@llmobserve/protocol';
import { explainCost, loadPriceBook, priceEvent } from '../src/index.ts';

/** A successful call on the day the book was made; what a test is about, it says. */
export function makeCall(overrides: Partial<CostEvent> = {}): CostEvent {
  return {
    id: '0198f3a2-0000-7000-8000-000000000000',
    kind: 'llm',
    provider: 'openai',
    model: 'gpt-4o',
    startedAt: '2026-11-20T09:00:00.000Z',
    status: 'ok',
    usageQuality: overrides.usage === undefined ? 'unknown' : 'reported',
    ...overrides,
  };
}

/** `provider/model` at an instant, with its usage: most of what a price table says. */
export function callOf(name: string, usage: Usage, overrides: Partial<CostEvent> = {}): CostEvent {
  const slash = name.indexOf('/');
  return makeCall({ provider: name.slice(0, slash), model: name.slice(slash + 1), usage, ...overrides });
}

/** What the shipped book makes of a call, in words a table can hold. */
export function costOf(event: CostEvent): { usd: string; quality: string; unpriced: readonly string[] } {
  const { costPicoUsd, quality, unpricedUnits } = priceEvent(loadPriceBook(), event);
  return { usd: formatUsd(costPicoUsd), quality, unpriced: unpricedUnits };
}

/** Dollars alone, for calls the book prices wholly; anything else is named instead. */
export function usdOf(event: CostEvent): string {
  const { usd, quality, unpriced } = costOf(event);
  return quality === 'exact' ? usd : `${quality} ${usd} ${unpriced.join(',')}`;
}

/** The lines of a call as the shipped book explains them. */
export function linesOf(event: CostEvent): ReturnType<typeof explainCost> {
  return explainCost(priceEvent(loadPriceBook(), event).card, event);
}
