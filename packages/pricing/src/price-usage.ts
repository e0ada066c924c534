import { divideHalfEven, toPicoUsd, ZERO_USD, type PicoUsd, type Usage } from '@llmobserve/protocol';
import type { Rate } from './rate-card.ts';
import type { CompiledCard, CompiledRate } from './compile-card.ts';
import { readDecimal, type Decimal } from './read-decimal.ts';

export type PricedUsage = { readonly costPicoUsd: PicoUsd; readonly unpricedUnits: readonly string[] };

/** One priced quantity, before it is written for people. */
export type PricedLine = { readonly unit: string; readonly quantity: number; readonly rate: Rate; readonly costPicoUsd: PicoUsd };

const FEMTO_PER_PICO = 1000n;
const ONE_REQUEST = 1;

/** Prices disjoint quantities by one card: one line a unit, each rounded once; their sum is the total. */
export function priceUsage(compiled: CompiledCard | undefined, usage: Usage, onLine?: (line: PricedLine) => void): PricedUsage {
  let total = 0n;
  let unpriced: string[] | undefined;
  for (const unit in usage) {
    const quantity = usage[unit];
    if (quantity === undefined || quantity === 0) continue;
    const rate = compiled?.rateOf.get(unit);
    if (rate) {
      if (isCoveredByExactCount(unit, usage)) continue;
      const cost = costOf(quantity, rate);
      total += cost;
      onLine?.({ unit, quantity, rate: rate.rate, costPicoUsd: toPicoUsd(cost) });
    } else if (!isInformation(unit, compiled, usage)) (unpriced ??= []).push(unit);
  }
  const fee = compiled?.rateOf.get('requests');
  if (fee && usage.requests === undefined) {
    total += costOf(ONE_REQUEST, fee);
    onLine?.({ unit: 'requests', quantity: ONE_REQUEST, rate: fee.rate, costPicoUsd: toPicoUsd(costOf(ONE_REQUEST, fee)) });
  }
  return { costPicoUsd: total === 0n ? ZERO_USD : toPicoUsd(total), unpricedUnits: unpriced ?? [] };
}

/** The least number of writes stands in only where the number itself is not known. */
function isCoveredByExactCount(unit: string, usage: Usage): boolean {
  return unit === 'writeUnitsMin' && usage.writeUnits !== undefined;
}

/** True for quantities that say something about the call but that this card's provider does not bill by. */
function isInformation(unit: string, compiled: CompiledCard | undefined, usage: Usage): boolean {
  if (unit === 'writeUnitsMin') return usage.writeUnits !== undefined;
  if (unit === 'writeUnitsMax') return usage.writeUnits !== undefined || usage.writeUnitsMin !== undefined;
  if (!compiled) return false;
  if (unit === 'requests') return true;
  return unit === 'images' && compiled.pricesImagesByToken;
}

function costOf(quantity: number, rate: CompiledRate): bigint {
  if (rate.wholePicoUsd !== undefined && Number.isInteger(quantity)) return BigInt(quantity) * rate.wholePicoUsd;
  const exact = readDecimal(quantity);
  return divideHalfEven(exact.digits * rate.rate.rateFemtoUsd, divisorOf(exact, rate));
}

function divisorOf(quantity: Decimal, rate: CompiledRate): bigint {
  return quantity.divisor * rate.per * FEMTO_PER_PICO;
}
