import { divideHalfEven, formatUsd, parseUsd, type SentCostEvent } from '@llmobserve/protocol';

/** USD for a million of each unit, as decimal strings: `{ input: '2.50', output: '10' }`. */
export type UnitPrices = Readonly<Record<string, string>>;

/** Prices by model, as answered or as asked for, or by provider where there is no model. */
export type Prices = Readonly<Record<string, UnitPrices>>;

const MILLION = 1_000_000n;

/**
 * Adds up what recorded calls cost at prices of your own, to the last digit; a cost that the provider told itself wins.
 *
 * @returns a decimal string in USD with twelve decimals.
 * @throws {Error} when a unit that was used has no price, or a price is no decimal: a test must not pass on a forgotten one.
 * @example
 * const prices = { 'gpt-4o-2024-08-06': { input: '2.50', cachedInput: '1.25', output: '10' } };
 * assert.equal(costOf(await calls.settled(), prices), '0.000045000000');
 */
export function costOf(events: readonly SentCostEvent[], prices: Prices): string {
  return formatUsd(events.reduce((sum, event) => sum + priceEvent(event, prices), 0n));
}

function priceEvent(event: SentCostEvent, prices: Prices): bigint {
  const { reportedCostUsd, usage = {} } = event;
  if (reportedCostUsd !== undefined) return readPrice(reportedCostUsd, 'reportedCostUsd');
  return Object.entries(usage)
    .filter(([, quantity]) => quantity > 0)
    .reduce((sum, [unit, quantity]) => sum + priceLine(quantity, findPrice(event, unit, prices)), 0n);
}

function findPrice({ model, requestedModel, provider }: SentCostEvent, unit: string, prices: Prices): bigint {
  const names = [model, requestedModel, provider].filter((name) => name !== undefined);
  const found = names.find((name) => Object.hasOwn(prices, name));
  const price = found === undefined ? undefined : prices[found]?.[unit];
  if (price === undefined) throw new Error(`no price for ${unit} of ${found ?? names.join(' or ')}: add it, '0' if it is free`);
  return readPrice(price, `${unit} of ${found}`);
}

function readPrice(text: string, what: string): bigint {
  const price = parseUsd(text);
  if (price === undefined) throw new Error(`${JSON.stringify(text)} is no price for ${what}: write a decimal, such as '2.50'`);
  return price;
}

/** Tokens are whole; read units and seconds may have fractions. */
function priceLine(quantity: number, picoUsdPerMillion: bigint): bigint {
  const millionths = Number.isInteger(quantity) ? BigInt(quantity) * MILLION : BigInt(Math.round(quantity * Number(MILLION)));
  return divideHalfEven(picoUsdPerMillion * millionths, MILLION * MILLION);
}
