const LARGEST_DECIMALS = 15;

/**
 * Writes a price as the decimal its author meant; floats of the library carry noise in their last digits.
 *
 * @throws Error when the decimal that is left is not the same number.
 */
export function writePrice(usd: number): string {
  const text = usd.toFixed(LARGEST_DECIMALS - 3).replace(/\.?0+$/, '');
  if (Math.abs(Number(text) - usd) > usd * 1e-9) throw new Error(`prices: ${usd} has more decimals than a price may have`);
  return text;
}
