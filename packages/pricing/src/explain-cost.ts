import { formatUsd, type CostEvent, type CostLine } from '@llmobserve/protocol';
import { compileCard } from './compile-card.ts';
import { priceUsage, type PricedLine } from './price-usage.ts';
import type { Rate, RateCard } from './rate-card.ts';
import { writeDecimal, writeFraction } from './read-decimal.ts';

const FEMTO_DECIMALS = 15;

/**
 * Lists what a call was charged for, one line a unit; the lines' sum is exactly the book's part of its cost.
 *
 * @example explainCost(card, event) // [{ unit: 'input', quantity: '176', rateUsd: '0.0000025', per: 1, … }]
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
    ...writeRate(rate),
    usd: formatUsd(costPicoUsd),
    source: rate.source,
  };
  return rate.validFrom === undefined ? line : { ...line, validFrom: rate.validFrom };
}

/** The rate of one unit, where that is a decimal: a price per million is written without loss, one per hour stays as it is. */
function writeRate({ rateFemtoUsd, per }: Rate): Pick<CostLine, 'rateUsd' | 'per'> {
  const zeros = /^10*$/.test(String(per)) ? String(per).length - 1 : undefined;
  if (zeros === undefined) return { rateUsd: writeFraction(rateFemtoUsd, FEMTO_DECIMALS), per };
  return { rateUsd: writeFraction(rateFemtoUsd, FEMTO_DECIMALS + zeros), per: 1 };
}
