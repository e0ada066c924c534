import { divideHalfEven, isTokenKey, toPicoUsd, type PicoUsd, type Usage } from '@llmobserve/protocol';
import type { Rate } from './rate-card.ts';
import type { CompiledCard, CompiledRate } from './compile-card.ts';
import { readDecimal } from './read-decimal.ts';

export type PricedUsage = { readonly costPicoUsd: PicoUsd; readonly unpricedUnits: readonly string[] };

/** One priced quantity, before it is written for people. */
export type PricedLine = { readonly unit: string; readonly quantity: number; readonly rate: Rate; readonly costPicoUsd: PicoUsd };

const FEMTO_PER_PICO = 1000n;
const ONE_REQUEST = 1;
const NOTHING: readonly string[] = [];

/** Prices disjoint quantities by one card: one line a unit, each rounded once; their sum is the total. */
export function priceUsage(compiled: CompiledCard | undefined, usage: Usage, onLine?: (line: PricedLine) => void): PricedUsage {
  let total = 0n;
  let unpriced: string[] | undefined;
  for (const unit in usage) {
    const quantity = usage[unit];
    if (quantity === undefined || quantity === 0 || isInformation(unit, compiled, usage)) continue;
    const rate = compiled?.rateOf.get(unit);
    if (rate) total += priceLine(unit, quantity, { rate, onLine });
    else (unpriced ??= []).push(unit);
  }
  const fee = compiled?.rateOf.get('requests');
  if (fee && usage.requests === undefined) total += priceLine('requests', ONE_REQUEST, { rate: fee, onLine });
  return { costPicoUsd: toPicoUsd(total), unpricedUnits: unpriced ?? NOTHING };
}

/** True for quantities that say something about the call but that this card's provider does not bill by. */
function isInformation(unit: string, compiled: CompiledCard | undefined, usage: Usage): boolean {
  switch (unit) {
    case 'writeUnitsMin':
      return usage.writeUnits !== undefined;
    case 'writeUnitsMax':
      return usage.writeUnits !== undefined || usage.writeUnitsMin !== undefined;
    case 'images':
      return compiled?.pricesImagesByToken === true && hasTokens(usage);
    case 'requests':
      return compiled !== undefined && !compiled.rateOf.has('requests');
    default:
      return false;
  }
}

/** A picture whose tokens nobody told was not free. */
function hasTokens(usage: Usage): boolean {
  for (const unit in usage) if (isTokenKey(unit) && usage[unit] !== 0) return true;
  return false;
}

type LineRate = { readonly rate: CompiledRate; readonly onLine: ((line: PricedLine) => void) | undefined };

function priceLine(unit: string, used: number, { rate, onLine }: LineRate): bigint {
  const quantity = Math.max(used, rate.rate.atLeast ?? 0);
  const cost = costOf(quantity, rate);
  onLine?.({ unit, quantity, rate: rate.rate, costPicoUsd: toPicoUsd(cost) });
  return cost;
}

function costOf(quantity: number, { rate, per, wholePicoUsd }: CompiledRate): bigint {
  if (wholePicoUsd !== undefined && Number.isInteger(quantity)) return BigInt(quantity) * wholePicoUsd;
  const exact = readDecimal(quantity);
  return divideHalfEven(exact.digits * rate.rateFemtoUsd, exact.divisor * per * FEMTO_PER_PICO);
}
