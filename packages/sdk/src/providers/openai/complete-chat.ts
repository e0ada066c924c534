import type { Reading, Seen } from '../provider.ts';
import { withSearches } from './complete-response.ts';

/** Adds the search that models made for searching bill with each call, and how much of the web they were to read. */
export function completeChat(reading: Reading, seen: Seen): Reading {
  const { model = '', usage } = reading;
  const isSearchModel = model.includes('-search-');
  return usage && (isSearchModel || model.startsWith('sonar'))
    ? withSearches(reading, seen, isSearchModel ? { webSearches: 1 } : {})
    : reading;
}
