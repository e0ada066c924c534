/** A larger one is a mistake of units, and the collector takes none. */
const MAX_USD = 1_000_000;
/** The collector reads no longer text; what an amount has beyond it is far below what is counted. */
const MAX_DIGITS = 64;

/**
 * Reads dollars as a decimal text: a number becomes its shortest decimal, without an exponent.
 *
 * @returns `undefined` when it is no amount.
 */
export function readCost(value: unknown): string | undefined {
  const text = typeof value === 'number' ? decimalOf(value) : value;
  const isAmount = typeof text === 'string' && /^\d{1,20}(\.\d+)?$/.test(text) && Number(text) <= MAX_USD;
  return isAmount ? text.slice(0, MAX_DIGITS) : undefined;
}

/** JavaScript writes numbers below a millionth with an exponent. */
function decimalOf(value: number): string {
  const [digits = '', zeros] = String(value).split('e-');
  return zeros ? `0.${'0'.repeat(Number(zeros) - 1)}${digits.replace('.', '')}` : digits;
}
