import type { CostEvent } from '@llmobserve/protocol';
import { countInputTokens, NAMED_FACTS, readFact, servedTier, STANDARD_TIER, type FactName } from './read-call-facts.ts';
import type { CompiledCard } from './compile-card.ts';
import { isInHours } from './is-in-hours.ts';
import type { HoursWindow, ModelPrices } from './price-list.ts';
import { readPriceRows, type PriceRow } from './read-price-rows.ts';

/** One model with the cards made so far, one for each situation its rows tell apart. */
export type ModelPlan = {
  readonly rows: readonly PriceRow[];
  /** Names the situation of a call: calls with the same key get the same card. */
  readonly keyOf: (event: CostEvent) => string;
  readonly cards: Map<string, CompiledCard>;
};

const OTHER = '*';

/** Prepares a model: finds out what its prices ask of a call, so that a key holds nothing else. */
export function planModel(model: ModelPrices): ModelPlan {
  const rows = model.prices.flatMap(readPriceRows);
  return { rows, keyOf: keyMaker(rows), cards: new Map() };
}

function keyMaker(rows: readonly PriceRow[]): (event: CostEvent) => string {
  const changes = sorted(rows.flatMap((row) => [row.from, row.to]));
  const steps = sorted(rows.flatMap((row) => [row.when.inputAbove, row.when.inputUpTo]));
  const tiers = new Set(rows.map((row) => row.when.serviceTier ?? STANDARD_TIER));
  const windows = distinctWindows(rows);
  const facts = NAMED_FACTS.map((name) => ({ name, values: new Set(rows.flatMap((row) => askedOf(row, name))) })).filter(
    ({ values }) => values.size > 0,
  );
  return (event) => {
    const tier = servedTier(event);
    let key = tiers.has(tier) ? tier : OTHER;
    if (changes.length > 0) key += `|${countBelow(changes, event.startedAt)}`;
    if (steps.length > 0) key += `|${countStepsPassed(steps, event)}`;
    if (windows.length > 0) key += `|${openWindows(windows, event.startedAt)}`;
    return facts.length > 0 ? key + namedKey(event, facts) : key;
  };
}

function askedOf({ when }: PriceRow, name: FactName): readonly string[] {
  const asked = [when[name], name === 'region' ? when.regionOtherThan : undefined].flat();
  return asked.filter((value) => value !== undefined);
}

/** Several prices share a window; each is looked at once. */
function distinctWindows(rows: readonly PriceRow[]): readonly HoursWindow[] {
  const windows = rows.flatMap((row) => row.when.hours ?? []);
  return [...new Map(windows.map((window) => [JSON.stringify(window), window])).values()];
}

/** How many instants of change lie at or before a time: calls between two changes share their rows. */
function countBelow(changes: readonly string[], startedAt: string): number {
  let count = 0;
  while (count < changes.length && (changes[count] ?? '') <= startedAt) count += 1;
  return count;
}

function countStepsPassed(steps: readonly number[], event: CostEvent): number {
  const tokens = event.usage ? countInputTokens(event.usage) : 0;
  return steps.filter((step) => tokens > step).length;
}

function openWindows(windows: readonly HoursWindow[], startedAt: string): string {
  return windows.map((window) => (isInHours(window, startedAt) ? '1' : '0')).join('');
}

type NamedFact = { readonly name: FactName; readonly values: ReadonlySet<string> };

/** Values no row asks for are all alike, so that a key cannot grow with what senders write. */
function namedKey(event: CostEvent, facts: readonly NamedFact[]): string {
  let key = '';
  for (const { name, values } of facts) {
    const value = readFact(event, name);
    key += `|${value !== undefined && values.has(value) ? value : OTHER}`;
  }
  return key;
}

function sorted<T extends string | number>(values: readonly (T | undefined)[]): readonly T[] {
  const present = values.filter((value) => value !== undefined);
  return [...new Set(present)].toSorted((one, other) => (one < other ? -1 : 1));
}
