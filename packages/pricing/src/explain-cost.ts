import { formatUsd, type CostEvent, type CostLine } from '@llmobserve/protocol';
import { compileCard } from './compile-card.ts';
import { priceUsage, type PricedLine } from './price-usage.ts';
import type { RateCard } from './rate-card.ts';
import { writeDecimal, writeFraction } from './read-decimal.ts';

const FEMTO_DECIMALS = 15;

/**
 * Lists what a call was charged for, one line a unit; the lines' sum is exactly the book's part of its cost.
 *
 * @example explainCost(card, event) // [{ unit: 'input', quantity: '176', rateUsd: '2.5', per: 1000000, … }]
 */
export function explainCost(card: RateCard | undefined, event: CostEvent): readonly CostLine[] {
  if (!card) return [];
  const lines: CostLine[] = [];
  priceUsage(compileCard(card), event.usage ?? {}, (line) => lines.push(writeLine(line)));
  return lines;
}

function writeLine({ unit, quantity, rate, costPicoUsd }: PricedLine): CostLine {
  const line = {
    unit,
    quantity: writeDecimal(quantity),
    rateUsd: writeFraction(rate.rateFemtoUsd, FEMTO_DECIMALS),
    per: rate.per,
    usd: formatUsd(costPicoUsd),
    source: rate.source,
  };
  return rate.validFrom === undefined ? line : { ...line, validFrom: rate.validFrom };
}
