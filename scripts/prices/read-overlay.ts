import { readdirSync, readFileSync } from 'node:fs';
import type { ModelPrices, PriceCondition, PriceList, PriceSource } from '@llmobserve/pricing';

/** What we know of one provider beyond the library: `packages/pricing/src/book/overlay/<provider>.json`. */
export type Overlay = {
  readonly provider: string;
  readonly sources: Readonly<Record<string, PriceSource>>;
  readonly prefixes?: readonly string[];
  readonly fallback?: readonly string[];
  /** Real model names that the library's own rules cover but do not spell out. */
  readonly known?: readonly string[];
  readonly models?: readonly OverlayModel[];
  readonly tiers?: readonly OverlayTier[];
  readonly samePrice?: readonly OverlayAlike[];
  readonly steps?: readonly OverlayStep[];
};

/** Prices to add to a model, or, with `replaces`, to put in place of the library's. */
export type OverlayModel = ModelPrices & { readonly replaces?: boolean };

/**
 * A tier whose price page lists the same factor for each of these units and models.
 *
 * The factor is spelled out at build time, so that the book itself holds prices, not rules.
 */
export type OverlayTier = {
  readonly serviceTiers: readonly string[];
  readonly times: string;
  readonly units: readonly string[];
  readonly models: readonly string[];
  /** Instant from which the tier was sold. */
  readonly from?: string;
  /** Asks more of the standard prices that are taken over: `short` leaves the tier unpriced past the first context step. */
  readonly context?: 'short' | 'all';
  readonly source: string;
};

/** A unit that the price page lists under one price with another, where a model has none of its own. */
export type OverlayAlike = {
  readonly unit: string;
  readonly as: string;
  readonly models: readonly string[];
  readonly source: string;
};

/** A context step that the library puts elsewhere than the provider's page does. */
export type OverlayStep = { readonly inputAbove: number; readonly means: number; readonly source: string };

/** In place of model ids: all of the provider's. */
export const EVERY_MODEL = '*';

/** True when an overlay's list of models means this one. */
export function namesModel(models: readonly string[], id: string): boolean {
  return models.includes(EVERY_MODEL) || models.includes(id);
}

const FOLDER = new URL('../../packages/pricing/src/book/overlay/', import.meta.url);

/** Reads our own dated prices, one file a provider. */
export function readOverlays(): readonly Overlay[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  // Safe because the files are ours and the book they lead to is checked price by price.
  return files.toSorted().map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Overlay);
}

/** Gives a unit the price of the one it is listed with, on the word of the page that lists them. */
export function priceAlike(model: ModelPrices, { unit, as, source }: OverlayAlike): ModelPrices {
  if (model.prices.some(({ usd }) => usd[unit] !== undefined)) return model;
  const alike = model.prices.flatMap((list) => {
    const price = list.usd[as];
    return price === undefined ? [] : [{ ...list, usd: { [unit]: price }, source }];
  });
  return { ...model, prices: [...model.prices, ...alike] };
}

/** Puts a step where the provider's page has it. */
export function moveStep(model: ModelPrices, { inputAbove, means, source }: OverlayStep): ModelPrices {
  const prices = model.prices.map((list) =>
    list.when?.inputAbove === inputAbove ? { ...list, when: { ...list.when, inputAbove: means }, source } : list,
  );
  return { ...model, prices };
}

/** The prices of a tier, taken from a model's standard prices. */
export function priceTier(model: ModelPrices, tier: OverlayTier): readonly PriceList[] {
  const standard = model.prices.filter(({ when }) => when?.serviceTier === undefined);
  const lastStep = tier.context === 'short' ? firstStep(standard) : undefined;
  return standard.flatMap((list) => tier.serviceTiers.flatMap((serviceTier) => tierList(list, { serviceTier, lastStep, tier })));
}

function firstStep(lists: readonly PriceList[]): number | undefined {
  const steps = lists.flatMap(({ when }) => when?.inputAbove ?? []);
  return steps.length > 0 ? Math.min(...steps) : undefined;
}

type TierSituation = { readonly serviceTier: string; readonly lastStep: number | undefined; readonly tier: OverlayTier };

function tierList(list: PriceList, { serviceTier, lastStep, tier }: TierSituation): readonly PriceList[] {
  if (lastStep !== undefined && list.when?.inputAbove !== undefined) return [];
  if (tier.from !== undefined && list.to !== undefined && list.to <= tier.from) return [];
  const units = Object.entries(list.usd).filter(([unit]) => tier.units.includes(unit));
  if (units.length === 0) return [];
  const usd = Object.fromEntries(units.map(([unit, price]) => [unit, multiply(price, tier.times)]));
  const from = [list.from, tier.from]
    .filter((instant) => instant !== undefined)
    .toSorted()
    .at(-1);
  const when: PriceCondition = { ...list.when, serviceTier, ...(lastStep !== undefined && { inputUpTo: lastStep }) };
  const { from: _from, source: _source, ...rest } = list;
  return [{ ...rest, usd, ...(from !== undefined && { from }), when, source: tier.source }];
}

/** Multiplies two decimals exactly. */
export function multiply(one: string, other: string): string {
  const [wholeA = '0', fractionA = ''] = one.split('.');
  const [wholeB = '0', fractionB = ''] = other.split('.');
  const decimals = fractionA.length + fractionB.length;
  const digits = (BigInt(wholeA + fractionA) * BigInt(wholeB + fractionB)).toString().padStart(decimals + 1, '0');
  if (decimals === 0) return digits;
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`.replace(/\.?0+$/, '');
}
