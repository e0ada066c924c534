/** A larger one is a mistake of units, and the collector takes none. */
const MAX_USD = 1_000_000;
/** The collector reads no longer text; what a number has beyond it is far below what is counted. */
const MAX_DIGITS = 64;
const DECIMAL = /^\d+(\.\d+)?$/;

/** Reads dollars as a decimal text: a number becomes its shortest decimal, without an exponent. */
export function readCost(value: unknown): { readonly reportedCostUsd?: string } | { readonly problem: string } {
  if (value === undefined || value === null) return {};
  const text = typeof value === 'number' ? decimalOf(value) : value;
  if (typeof text !== 'string' || text.length > MAX_DIGITS || !DECIMAL.test(text) || Number(text) > MAX_USD) {
    return { problem: `costUsd is no decimal from 0 to ${MAX_USD}` };
  }
  return { reportedCostUsd: text };
}

/** JavaScript writes numbers below a millionth with an exponent. */
function decimalOf(value: number): string {
  const [digits = '', exponent] = String(value).split('e-');
  if (exponent === undefined) return digits;
  return `0.${'0'.repeat(Number(exponent) - 1)}${digits.replace('.', '')}`.slice(0, MAX_DIGITS);
}
