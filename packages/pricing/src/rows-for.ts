import { NAMED_FACTS, STANDARD_TIER, type CallFacts } from './read-call-facts.ts';
import { isInHours } from './is-in-hours.ts';
import type { PriceCondition } from './price-list.ts';
import type { PriceRow } from './read-price-rows.ts';

const ANY_TIER = 'any';

/** Chooses one row a unit: among those that apply, the one that asks most, then the one that began last. */
export function rowsFor(rows: readonly PriceRow[], facts: CallFacts): readonly PriceRow[] {
  const chosen = new Map<string, PriceRow>();
  for (const row of rows) {
    if (!applies(row, facts)) continue;
    const rival = chosen.get(row.unit);
    if (!rival || isBetter(row, rival)) chosen.set(row.unit, row);
  }
  return [...chosen.values()];
}

function applies(row: PriceRow, facts: CallFacts): boolean {
  if (row.from !== undefined && facts.startedAt < row.from) return false;
  if (row.to !== undefined && facts.startedAt >= row.to) return false;
  const { when } = row;
  const tier = when.serviceTier ?? STANDARD_TIER;
  if (tier !== ANY_TIER && tier !== facts.serviceTier) return false;
  if (when.inputAbove !== undefined && facts.inputTokens <= when.inputAbove) return false;
  if (when.inputUpTo !== undefined && facts.inputTokens > when.inputUpTo) return false;
  if (when.hours !== undefined && !isInHours(when.hours, facts.startedAt)) return false;
  if (when.regionOtherThan !== undefined && when.regionOtherThan === facts.region) return false;
  return NAMED_FACTS.every((name) => meets(when[name], facts[name]));
}

function meets(asked: string | readonly string[] | undefined, told: string | undefined): boolean {
  if (asked === undefined || asked === told) return true;
  return typeof asked === 'object' && told !== undefined && asked.includes(told);
}

function isBetter(row: PriceRow, rival: PriceRow): boolean {
  const [asked, rivalAsked] = [weightOf(row.when), weightOf(rival.when)];
  if (asked !== rivalAsked) return asked > rivalAsked;
  const [above, rivalAbove] = [row.when.inputAbove ?? 0, rival.when.inputAbove ?? 0];
  if (above !== rivalAbove) return above > rivalAbove;
  return (row.from ?? '') > (rival.from ?? '');
}

function weightOf(when: PriceCondition): number {
  return Object.keys(when).length;
}
