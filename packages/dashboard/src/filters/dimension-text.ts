import { providerInstead } from '../api/index.ts';
import type { Division, FilterDimension } from './view.ts';

const NAMES: Readonly<Record<FilterDimension, string>> = {
  customer: 'Customer',
  model: 'Model',
  provider: 'Provider',
  section: 'Section',
  kind: 'Kind',
  agent: 'Agent',
  environment: 'Environment',
  run: 'Run',
  user: 'User',
  key: 'Key',
};

/** What a dimension is called on screen. */
export function dimensionText(dimension: FilterDimension | Division): string {
  return NAMES[dimension];
}

/** What a value is called; calls without a model go by their provider, other calls without a value are said in words. */
export function valueText(dimension: FilterDimension | Division, value: string | null): string {
  if (value !== null && value !== '') return (dimension === 'model' && providerInstead(value)) || value;
  return dimension === 'customer' ? 'Unattributed' : `no ${NAMES[dimension].toLowerCase()}`;
}
