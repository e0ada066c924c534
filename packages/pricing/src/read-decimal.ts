/** A decimal as a fraction: digits / divisor, where the divisor is a power of ten. */
export type Decimal = { readonly digits: bigint; readonly divisor: bigint };

/**
 * Reads a number as the decimal that people wrote: its shortest form, exactly.
 *
 * @throws RangeError for NaN and infinities, which are no quantities.
 * @example readDecimal(12.3456) // { digits: 123456n, divisor: 10000n }
 */
export function readDecimal(value: number): Decimal {
  if (!Number.isFinite(value)) throw new RangeError(`pricing: ${value} is not a quantity`);
  if (Number.isSafeInteger(value)) return { digits: BigInt(value), divisor: 1n };
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const dot = mantissa.indexOf('.');
  const fraction = dot < 0 ? '' : mantissa.slice(dot + 1);
  const digits = BigInt((dot < 0 ? mantissa : mantissa.slice(0, dot)) + fraction);
  const decimals = fraction.length - Number(exponent);
  return decimals < 0 ? { digits: digits * 10n ** BigInt(-decimals), divisor: 1n } : { digits, divisor: 10n ** BigInt(decimals) };
}

/**
 * Writes a number as a plain decimal without exponent.
 *
 * @example writeDecimal(1e-7) // '0.0000001'
 */
export function writeDecimal(value: number): string {
  const { digits, divisor } = readDecimal(value);
  return writeFraction(digits, divisor.toString().length - 1);
}

/** Writes digits / 10^decimals without trailing zeros. */
export function writeFraction(digits: bigint, decimals: number): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(decimals + 1, '0');
  const whole = text.slice(0, text.length - decimals);
  const fraction = text.slice(text.length - decimals).replace(/0+$/, '');
  return `${digits < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}
