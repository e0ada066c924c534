import { readdirSync, readFileSync } from 'node:fs';
import type { ModelPrices, PriceSource } from '@llmobserve/pricing';

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
  readonly regions?: readonly OverlayRegion[];
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

/**
 * What models cost where they are served elsewhere than at the global endpoint.
 *
 * A model with such a rule has a price at `global` and at the places its rules name, and nowhere else.
 * It may be one of a provider that this one resells.
 */
export type OverlayRegion = {
  /** Absent means every place but `global`; none means that no place's price is known. */
  readonly regions?: readonly string[];
  readonly times: string;
  readonly units: readonly string[];
  readonly models: readonly string[];
  /** Instants between which the rule holds. */
  readonly from?: string;
  readonly to?: string;
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
