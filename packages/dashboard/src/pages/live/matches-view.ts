import type { View } from '../../filters/index.ts';
import type { CallRow } from '../calls/index.ts';

/** True when a call fits the page's filters and what is typed; dimensions a live call does not carry let it through. */
export function matchesView(row: CallRow, view: Pick<View, 'filters' | 'search'>): boolean {
  const values: Readonly<Record<string, string | undefined>> = {
    customer: row.customer ?? '',
    // A call without a model goes by its provider's name.
    model: row.model === row.provider ? '' : row.model,
    provider: row.provider,
    section: row.section ?? '',
    environment: row.environment ?? '',
  };
  const fits = Object.entries(view.filters).every(([dimension, wanted]) => {
    const value = values[dimension];
    return value === undefined || wanted.length === 0 || wanted.includes(value);
  });
  return fits && matchesText(row, view.search.trim().toLowerCase());
}

function matchesText(row: CallRow, text: string): boolean {
  if (text === '') return true;
  return [row.model, row.provider, row.customer ?? 'unattributed', row.section ?? '', row.quality, row.status].some((part) =>
    part.toLowerCase().includes(text),
  );
}
