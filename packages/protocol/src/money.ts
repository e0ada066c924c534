/** Whole pico-dollars: one dollar is 1_000_000_000_000n, so the cheapest token never rounds away. */
export type PicoUsd = bigint & { readonly unit: 'pico-usd' };

export const PICO_PER_USD = 1_000_000_000_000n;
export const ZERO_USD: PicoUsd = toPicoUsd(0n);

const USD_DECIMALS = 12;
const MAX_DECIMAL_LENGTH = 64;
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Marks an integer that already counts pico-dollars. */
export function toPicoUsd(pico: bigint): PicoUsd {
  // Safe because the brand only says which unit the integer counts.
  return pico as PicoUsd;
}

/**
 * Reads a decimal string in USD; digits after the twelfth are rounded half-even.
 *
 * @returns `undefined` when the text is not a plain decimal (no exponent, at most 64 characters).
 * @example parseUsd('0.00000125') // 1_250_000n
 */
export function parseUsd(text: string): PicoUsd | undefined {
  if (text.length > MAX_DECIMAL_LENGTH) return undefined;
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '0', fraction = ''] = match;
  const digits = BigInt(whole + fraction.padEnd(USD_DECIMALS, '0'));
  const surplus = Math.max(0, fraction.length - USD_DECIMALS);
  const pico = divideHalfEven(digits, 10n ** BigInt(surplus));
  return toPicoUsd(sign === '-' ? -pico : pico);
}

/**
 * Writes pico-dollars as a decimal string in USD with exactly 12 decimals.
 *
 * @example formatUsd(toPicoUsd(1_240_000_000n)) // '0.001240000000'
 */
export function formatUsd(pico: bigint): string {
  const digits = (pico < 0n ? -pico : pico).toString().padStart(USD_DECIMALS + 1, '0');
  return `${pico < 0n ? '-' : ''}${digits.slice(0, -USD_DECIMALS)}.${digits.slice(-USD_DECIMALS)}`;
}

/** Divides integers and rounds half to even, the rounding of every cost line. */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const isNegative = dividend < 0n !== divisor < 0n;
  const top = dividend < 0n ? -dividend : dividend;
  const bottom = divisor < 0n ? -divisor : divisor;
  const quotient = top / bottom;
  const twiceRest = (top % bottom) * 2n;
  const isUp = twiceRest > bottom || (twiceRest === bottom && quotient % 2n === 1n);
  const rounded = isUp ? quotient + 1n : quotient;
  return isNegative ? -rounded : rounded;
}
