import { divideHalfEven, formatUsd, PICO_PER_USD } from '@llmobserve/protocol';

/** A stretch of a figure in one ink: `isQuiet` digits step back so that the others read at a glance. */
export type MoneyPart = { readonly text: string; readonly isQuiet: boolean };

const USD_DECIMALS = 12;
const DECIMAL_STEPS = [2, 4, 6, 8, 10, 12] as const;
const MIN_DIGITS_SHOWN = 10n;
const GROUPS_OF_THREE = /\B(?=(\d{3})+$)/g;

/**
 * Splits a figure into its two inks: from $1 the cents are quiet, below $1 the leading zeros are.
 *
 * @example splitMoney(parseUsd('96318.44'), 2) // '$96,318' in ink, '.44' quiet
 */
export function splitMoney(pico: bigint, decimals: number): readonly MoneyPart[] {
  const { sign, whole, fraction } = roundToDecimals(pico, decimals);
  const point = decimals > 0 ? '.' : '';
  if (whole !== '0') {
    return inks([
      { text: `${sign}$${groupDigits(whole)}`, isQuiet: false },
      { text: point + fraction, isQuiet: true },
    ]);
  }
  const zeros = /^0*/.exec(fraction)?.[0].length ?? 0;
  if (zeros === fraction.length)
    return inks([
      { text: '$0', isQuiet: false },
      { text: point + fraction, isQuiet: true },
    ]);
  return inks([
    { text: `${sign}$0.${fraction.slice(0, zeros)}`, isQuiet: true },
    { text: fraction.slice(zeros), isQuiet: false },
  ]);
}

/** The same figure as one string, for labels and spoken text. */
export function moneyText(pico: bigint, decimals: number): string {
  return splitMoney(pico, decimals)
    .map((part) => part.text)
    .join('');
}

/**
 * Finds the one number of decimals a column is written with: its smallest figure decides.
 *
 * @param least what the column never goes below: 2 for sums, 4 for cost per call, 8 for single calls
 */
export function columnDecimals(figures: readonly bigint[], least: 2 | 4 | 8 = 2): number {
  const smallest = smallestOf(figures);
  if (smallest === undefined) return least;
  if (least === 2 && smallest >= PICO_PER_USD) return 2;
  const steps = DECIMAL_STEPS.filter((decimals) => decimals >= Math.max(least, 4));
  return steps.find((decimals) => smallest >= MIN_DIGITS_SHOWN * 10n ** BigInt(USD_DECIMALS - decimals)) ?? USD_DECIMALS;
}

/** THE figure of a page: cents from $1, every digit of a single call below. */
export function figureDecimals(pico: bigint): number {
  return pico >= PICO_PER_USD || pico <= -PICO_PER_USD ? 2 : columnDecimals([pico], 8);
}

/** Legends and tooltips drop the cents once every figure is large; everything else is as in a column. */
export function legendDecimals(figures: readonly bigint[]): number {
  const smallest = smallestOf(figures);
  return smallest !== undefined && smallest >= 100n * PICO_PER_USD ? 0 : columnDecimals(figures);
}

/** Every digit the ledger has, for copying and for titles. */
export function exactMoney(pico: bigint): string {
  const text = formatUsd(pico < 0n ? -pico : pico);
  const [whole = '0', fraction = ''] = text.split('.');
  return `${pico < 0n ? '−' : ''}$${groupDigits(whole)}.${fraction}`;
}

/**
 * Writes the lines of one axis alike: one unit, one number of decimals, zero as a bare $0.
 *
 * @example axisLabels([0n, 600n, 1200n].map((dollars) => dollars * PICO_PER_USD)) // ['$0', '$0.6k', '$1.2k']
 */
export function axisLabels(ticks: readonly bigint[]): readonly string[] {
  const lines = ticks.filter((tick) => tick > 0n);
  const highest = lines.reduce((most, tick) => (tick > most ? tick : most), 0n);
  const [size, letter] = AXIS_UNITS.find(([unit]) => unit <= highest && decimalsIn(lines, unit) <= 1) ?? DOLLARS;
  const needed = decimalsIn(lines, size);
  const decimals = letter === '' && needed > 0 ? Math.max(needed, 2) : needed;
  return ticks.map((tick) => (tick === 0n ? '$0' : moneyText((tick * PICO_PER_USD) / size, decimals) + letter));
}

const DOLLARS = [PICO_PER_USD, ''] as const;
const AXIS_UNITS: readonly (readonly [unitPico: bigint, letter: string])[] = [
  [PICO_PER_USD * 1_000_000_000n, 'B'],
  [PICO_PER_USD * 1_000_000n, 'M'],
  [PICO_PER_USD * 1000n, 'k'],
];

/** How many decimals it takes to write every line in a unit. */
function decimalsIn(lines: readonly bigint[], unitPico: bigint): number {
  const rests = lines.map((line) => (((line % unitPico) * PICO_PER_USD) / unitPico).toString().padStart(USD_DECIMALS, '0'));
  return Math.max(0, ...rests.map((rest) => rest.replace(/0+$/, '').length));
}

/** Puts a comma between every three digits. */
export function groupDigits(digits: string): string {
  return digits.replace(GROUPS_OF_THREE, ',');
}

function roundToDecimals(pico: bigint, decimals: number): { sign: string; whole: string; fraction: string } {
  const rounded = divideHalfEven(pico < 0n ? -pico : pico, 10n ** BigInt(USD_DECIMALS - decimals));
  const digits = rounded.toString().padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  return { sign: pico < 0n && rounded > 0n ? '−' : '', whole: digits.slice(0, cut), fraction: digits.slice(cut) };
}

function smallestOf(figures: readonly bigint[]): bigint | undefined {
  const sizes = figures.map((figure) => (figure < 0n ? -figure : figure)).filter((size) => size > 0n);
  return sizes.length === 0 ? undefined : sizes.reduce((least, size) => (size < least ? size : least));
}

function inks(parts: readonly MoneyPart[]): readonly MoneyPart[] {
  return parts.filter((part) => part.text !== '');
}
