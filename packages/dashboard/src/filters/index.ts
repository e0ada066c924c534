// What a page shows, kept in the URL.
export { carriedView, parseSearch, stringifySearch, writeView } from './view-url.ts';
export type { Search } from './view-url.ts';
export { countFilters, withFilter } from './view.ts';
export type { Division, FilterDimension, Filters, View } from './view.ts';
export { askParts, isPartChosen, togglePart } from './parts.ts';
export { useRange, useView } from './use-view.ts';
export { Toolbar } from './toolbar.tsx';

// Time in the workspace's zone.
export { agoText, clockText, momentText } from './clock-text.ts';
export { bucketKey, listBuckets } from './list-buckets.ts';
export { isInstant, previousRange } from './resolve-range.ts';
export type { Range } from './resolve-range.ts';
export { addDays, zonedDay } from './zoned-day.ts';

// Words.
export { dimensionText, valueText } from './dimension-text.ts';
