import type { CostDimension } from '@llmobserve/protocol';

import type { Day } from './zoned-day.ts';

export const RANGE_PRESETS = ['24h', '7d', '30d', '90d', 'month'] as const;
export type RangePreset = (typeof RANGE_PRESETS)[number];

/** Which stretch of time a page shows; a custom range counts both its days. */
export type RangeChoice = { readonly preset: RangePreset } | { readonly firstDay: Day; readonly lastDay: Day };

export const FILTER_DIMENSIONS = [
  'customer',
  'model',
  'provider',
  'section',
  'kind',
  'agent',
  'environment',
  'run',
  'user',
  'key',
] as const;
export type FilterDimension = (typeof FILTER_DIMENSIONS)[number] & CostDimension;

/** Per dimension the values that are let through; the empty text stands for calls without one. */
export type Filters = { readonly [dimension in FilterDimension]?: readonly string[] };

export const DIVISIONS = ['model', 'customer', 'provider', 'section', 'agent', 'kind'] as const;
export type Division = (typeof DIVISIONS)[number];

/** Everything a page shows depends on, and nothing else: it is read from the URL and written to it. */
export type View = {
  readonly range: RangeChoice;
  readonly filters: Filters;
  readonly isCompared: boolean;
  readonly division: Division | undefined;
  readonly isTable: boolean;
  readonly search: string;
  readonly sort: string | undefined;
};

export const DEFAULT_VIEW: View = {
  range: { preset: '30d' },
  filters: {},
  isCompared: true,
  division: undefined,
  isTable: false,
  search: '',
  sort: undefined,
};

/** How many filter values are set. */
export function countFilters(filters: Filters): number {
  return Object.values(filters).reduce((count, values) => count + values.length, 0);
}

/** Narrows to one more value of a dimension, or lets go of it when it was already chosen. */
export function toggleFilter(filters: Filters, dimension: FilterDimension, value: string): Filters {
  const chosen = filters[dimension] ?? [];
  const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
  return withFilter(filters, dimension, next);
}

/** Sets all values of a dimension at once; none removes it. */
export function withFilter(filters: Filters, dimension: FilterDimension, values: readonly string[]): Filters {
  const rest = Object.fromEntries(Object.entries(filters).filter(([name]) => name !== dimension));
  return values.length === 0 ? rest : { ...rest, [dimension]: values };
}
