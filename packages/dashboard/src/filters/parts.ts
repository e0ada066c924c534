import { MODEL_QUESTION, providerInstead } from '../api/index.ts';
import { toggleFilter, withFilter } from './view.ts';
import type { FilterDimension, Filters } from './view.ts';

/** How a report is divided one way: models are asked for with their provider, by which calls without a model go. */
export function askParts(dimension: FilterDimension, limit: number) {
  return dimension === 'model' ? MODEL_QUESTION : { groupBy: [dimension], limit };
}

/** Narrows to one more part of a division, or lets go of it when it was already chosen. */
export function togglePart(filters: Filters, dimension: FilterDimension, value: string): Filters {
  const provider = dimension === 'model' ? providerInstead(value) : undefined;
  if (provider === undefined) return toggleFilter(filters, dimension, value);
  if (isPartChosen(filters, dimension, value)) return withFilter(toggleFilter(filters, 'model', ''), 'provider', []);
  return withFilter(withFilter(filters, 'model', ['']), 'provider', [provider]);
}

/** True when the page is narrowed to this part, alone or with others. */
export function isPartChosen(filters: Filters, dimension: FilterDimension, value: string): boolean {
  const provider = dimension === 'model' ? providerInstead(value) : undefined;
  if (provider === undefined) return filters[dimension]?.includes(value) ?? false;
  return (filters.model?.includes('') ?? false) && (filters.provider?.includes(provider) ?? false);
}
