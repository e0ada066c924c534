import { isJsonRecord, isTokenKey, type JsonRecord, MAX_QUANTITY, type Usage } from '@llmobserve/protocol';

/** Names to follow into an answer, one after the other. */
export type Path = readonly string[];

/** One quantity of a usage: its unit, where it stands, and the quantity that includes it. */
export type Quantity = {
  readonly unit: string;
  readonly paths: readonly Path[];
  readonly within: string | undefined;
  /** Some hosts count it beside, and their total with it. */
  readonly mayStandApart: boolean;
  /** A part told before that this figure includes too. */
  readonly less: string | undefined;
};

export type QuantityRow = readonly [unit: string, paths: string, within?: string, less?: string];

/** Writes a provider's usage as a table; a question mark behind what includes a part: unless the total says otherwise; rows of the same unit that stand by themselves add up. */
export function quantities(rows: readonly QuantityRow[]): readonly Quantity[] {
  return rows.map(([unit, paths, within, less]) => ({
    unit,
    paths: pathsOf(paths),
    within: within?.replace('?', ''),
    mayStandApart: within?.endsWith('?') ?? false,
    less,
  }));
}

/** Reads `a.b|c` as paths. */
export function pathsOf(text: string): readonly Path[] {
  return text.split('|').map((path) => (path === '' ? [] : path.split('.')));
}

/** Turns a usage, whose totals may include their parts, into disjoint quantities; what no provider can mean counts as not said. */
export function readQuantities(told: unknown, table: readonly Quantity[]): Usage | undefined {
  if (!isJsonRecord(told)) return undefined;
  const usage: Record<string, number> = {};
  // By index, here and below: each step of an iterator leaves garbage, and this is done for every call.
  for (let i = 0; i < table.length; i += 1) {
    const row = table[i];
    if (!row) continue;
    const { unit, within, mayStandApart, less } = row;
    const figure = findQuantity(told, row.paths);
    if (figure === undefined) continue;
    const quantity = isTokenKey(unit) ? Math.round(figure) : figure;
    if (within === undefined || (mayStandApart && standsApart(told, usage, { within, quantity })))
      usage[unit] = (usage[unit] ?? 0) + quantity;
    else carve(usage, { unit, within, quantity: quantity - (usage[less ?? ''] ?? 0) });
  }
  return withoutZeros(usage, table[0]?.unit);
}

type Part = { readonly within: string; readonly quantity: number };

/** True for what is more than the whole that should include it, and for what the total has besides. */
function standsApart(told: JsonRecord, usage: Readonly<Record<string, number>>, { within, quantity }: Part): boolean {
  const others = Object.values(usage).reduce((sum, other) => sum + other, 0);
  return quantity > (usage[within] ?? 0) || (quantity > 0 && Number(told['total_tokens']) >= others + quantity);
}

/** No part is larger than what it is a part of, whatever is claimed. */
function carve(usage: Record<string, number>, part: Part & { readonly unit: string }): void {
  const whole = usage[part.within] ?? 0;
  const quantity = Math.min(part.quantity, whole);
  if (quantity <= 0) return;
  usage[part.unit] = quantity;
  usage[part.within] = whole - quantity;
}

function findQuantity(told: JsonRecord, paths: readonly Path[]): number | undefined {
  for (let i = 0; i < paths.length; i += 1) {
    const value = valueAt(told, paths[i] ?? []);
    if (typeof value === 'number' && value >= 0 && value <= MAX_QUANTITY) return value;
  }
  return undefined;
}

/**
 * Follows names into an object; undefined where they lead nowhere. In a list a name is that of the entry with a member of
 * this value, `*` adds up what all entries lead to, and `length` counts them.
 */
export function valueAt(start: unknown, path: Path): unknown {
  let value = start;
  for (let at = 0; at < path.length; at += 1) {
    const name = path[at] ?? '';
    if (Array.isArray(value)) {
      if (name === '*') return sumOf(value, path.slice(at + 1));
      value = name === 'length' ? value.length : findEntry(value, name);
    } else value = isJsonRecord(value) ? value[name] : undefined;
  }
  return value;
}

/** Apart, so that no loop above has to keep its variables for it. */
function findEntry(entries: readonly unknown[], name: string): unknown {
  return entries.find((entry) => isJsonRecord(entry) && Object.values(entry).includes(name));
}

function sumOf(entries: readonly unknown[], path: Path): number | undefined {
  const figures = entries.map((entry) => valueAt(entry, path)).filter((figure) => typeof figure === 'number');
  return figures.length === 0 ? undefined : figures.reduce((sum, figure) => sum + figure, 0);
}

/** The first quantity stays even when it is nothing, or a usage of nothing at all would look like none; others of nothing tell nothing. */
function withoutZeros(usage: Readonly<Record<string, number>>, first: string | undefined): Usage | undefined {
  let kept = 0;
  let told = 0;
  for (const unit in usage) {
    told += 1;
    if ((usage[unit] ?? 0) > 0 || unit === first) kept += 1;
  }
  if (kept === 0) return undefined;
  if (told === kept) return usage;
  return Object.fromEntries(Object.entries(usage).filter(([unit, quantity]) => quantity > 0 || unit === first));
}
