import type { LedgerSort } from '../../components/index.ts';

const SORT_KEYS = ['costUsd', 'calls', 'name', 'firstSeenAt', 'lastSeenAt'] as const;
const DEFAULT_SORT: LedgerSort = { key: 'costUsd', isDescending: true };

/** Reads a sort as the URL and the collector write it: a minus means descending. */
export function readSort(text: string | undefined): LedgerSort {
  if (text === undefined) return DEFAULT_SORT;
  const isDescending = text.startsWith('-');
  const key = isDescending ? text.slice(1) : text;
  return SORT_KEYS.some((known) => known === key) ? { key, isDescending } : DEFAULT_SORT;
}

export function sortText(sort: LedgerSort): string {
  return `${sort.isDescending ? '-' : ''}${sort.key}`;
}

/** A press on another column starts from its useful end: figures from the top, names from A. */
export function nextSort(sort: LedgerSort, key: string): LedgerSort {
  if (sort.key === key) return { key, isDescending: !sort.isDescending };
  return { key, isDescending: key !== 'name' };
}
