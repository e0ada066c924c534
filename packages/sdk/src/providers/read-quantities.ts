import { isJsonRecord, type JsonRecord, MAX_QUANTITY, type Usage } from '@llmobserve/protocol';

/** One quantity of a usage: its unit, where it stands, and the quantity that includes it. */
export type Quantity = {
  readonly unit: string;
  readonly paths: readonly (readonly string[])[];
  readonly within: string | undefined;
  /** A part told before that this figure includes too. */
  readonly less: string | undefined;
  readonly isFraction: boolean;
};

type Row = readonly [unit: string, paths: string, within?: string, less?: string];

/** Writes a provider's usage as a table: paths like `a.b|c`, of which the first that leads to a quantity counts. */
export function quantities(rows: readonly Row[]): readonly Quantity[] {
  return rows.map(([unit, paths, within, less]) => ({
    unit,
    paths: paths.split('|').map((path) => path.split('.')),
    within,
    less,
    isFraction: /Units$|Searches$|seconds/.test(unit),
  }));
}

/** Turns a usage, whose totals may include their parts, into disjoint quantities; what no provider can mean counts as not said. */
export function readQuantities(told: unknown, table: readonly Quantity[]): Usage | undefined {
  if (!isJsonRecord(told)) return undefined;
  const usage: Record<string, number> = {};
  for (const { unit, paths, within, less, isFraction } of table) {
    const figure = findQuantity(told, paths);
    if (figure === undefined) continue;
    const quantity = isFraction ? figure : Math.round(figure);
    if (within === undefined) usage[unit] = quantity;
    else carve(usage, { unit, within, quantity: quantity - (usage[less ?? ''] ?? 0) });
  }
  return withoutZeros(usage, table[0]?.unit);
}

/** No part is larger than what it is a part of, whatever is claimed. */
function carve(usage: Record<string, number>, part: { readonly unit: string; readonly within: string; readonly quantity: number }): void {
  const whole = usage[part.within] ?? 0;
  const quantity = Math.min(part.quantity, whole);
  if (quantity <= 0) return;
  usage[part.unit] = quantity;
  usage[part.within] = whole - quantity;
}

function findQuantity(told: JsonRecord, paths: readonly (readonly string[])[]): number | undefined {
  for (const path of paths) {
    const value = valueAt(told, path);
    if (typeof value === 'number' && value >= 0 && value <= MAX_QUANTITY) return value;
  }
  return undefined;
}

/** Follows names into an object; undefined where they lead nowhere. */
export function valueAt(start: unknown, path: readonly string[]): unknown {
  let value = start;
  for (const name of path) value = isJsonRecord(value) ? value[name] : undefined;
  return value;
}

/** The first quantity stays even when it is nothing: a usage of nothing at all would look like none. */
function withoutZeros(usage: Readonly<Record<string, number>>, first: string | undefined): Usage | undefined {
  const kept: Record<string, number> = {};
  let isTold = false;
  for (const unit in usage) {
    isTold = true;
    const quantity = usage[unit] ?? 0;
    if (quantity > 0 || unit === first) kept[unit] = quantity;
  }
  return isTold ? kept : undefined;
}
