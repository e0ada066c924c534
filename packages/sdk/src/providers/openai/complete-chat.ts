import type { Reading, Seen } from '../provider.ts';
import { contextSizeOf, withUse } from './complete-response.ts';

/** Adds the search that models made for searching bill with each call, and how much of the web they were to read. */
export function completeChat(reading: Reading, seen: Seen): Reading {
  const { model = '', usage } = reading;
  if (!usage) return reading;
  if (model.includes('-search-')) return withUse(reading, seen, { webSearches: 1 });
  const tellsContext = model.startsWith('sonar') || seen.tail.includes('"search_context_size"');
  return tellsContext ? { ...reading, ...contextSizeOf(seen) } : reading;
}
