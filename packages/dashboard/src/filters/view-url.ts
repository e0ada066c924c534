import { DEFAULT_VIEW, DIVISIONS, FILTER_DIMENSIONS, RANGE_PRESETS } from './view.ts';
import type { Division, Filters, RangeChoice, RangePreset, View } from './view.ts';
import { isDay } from './zoned-day.ts';

/** The URL's query: every name with all its values, in order. */
export type Search = { readonly [name: string]: readonly string[] };

const MAX_FILTER_VALUES = 20;
const MAX_TEXT_LENGTH = 1000;

/** Reads a view from a query; what it cannot understand becomes the default, so that an old link still opens. */
export function readView(search: Search): View {
  const division = first(search, 'by');
  return {
    range: readRange(search),
    filters: readFilters(search),
    isCompared: first(search, 'compare') !== 'off',
    division: isDivision(division) ? division : undefined,
    isTable: first(search, 'view') === 'table',
    search: first(search, 'q') ?? '',
    sort: first(search, 'sort'),
  };
}

/** Writes a view as a query; defaults are left out, so that links stay short. */
export function writeView(view: View): Search {
  const search: Record<string, readonly string[]> = {};
  if (!('preset' in view.range)) {
    search['from'] = [view.range.firstDay];
    search['to'] = [view.range.lastDay];
  } else if (view.range.preset !== '30d') search['range'] = [view.range.preset];
  for (const dimension of FILTER_DIMENSIONS) {
    const values = view.filters[dimension];
    if (values && values.length > 0) search[dimension] = values;
  }
  if (!view.isCompared) search['compare'] = ['off'];
  if (view.division) search['by'] = [view.division];
  if (view.isTable) search['view'] = ['table'];
  if (view.search) search['q'] = [view.search];
  if (view.sort) search['sort'] = [view.sort];
  return search;
}

/** The part of a view that goes along to another page: when and what for, not how it is drawn. */
export function carriedView(view: View): View {
  return { ...DEFAULT_VIEW, range: view.range, filters: view.filters, isCompared: view.isCompared };
}

/** Parses a query string without guessing types, unlike the router's own JSON. */
export function parseSearch(text: string): Search {
  const pairs = [...new URLSearchParams(text)];
  const names = new Set(pairs.map(([name]) => name));
  return Object.fromEntries([...names].map((name) => [name, pairs.filter((pair) => pair[0] === name).map((pair) => pair[1])]));
}

export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams();
  for (const [name, values] of Object.entries(search)) {
    for (const value of Array.isArray(values) ? values : [values]) if (value !== undefined) params.append(name, String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

function readRange(search: Search): RangeChoice {
  const firstDay = first(search, 'from');
  const lastDay = first(search, 'to');
  if (firstDay && lastDay && isDay(firstDay) && isDay(lastDay)) {
    return firstDay <= lastDay ? { firstDay, lastDay } : { firstDay: lastDay, lastDay: firstDay };
  }
  const preset = first(search, 'range');
  return isPreset(preset) ? { preset } : DEFAULT_VIEW.range;
}

function readFilters(search: Search): Filters {
  const pairs = FILTER_DIMENSIONS.flatMap((dimension) => {
    const values = [...new Set(search[dimension] ?? [])].filter((value) => value.length <= MAX_TEXT_LENGTH);
    return values.length === 0 ? [] : [[dimension, values.slice(0, MAX_FILTER_VALUES)] as const];
  });
  return Object.fromEntries(pairs);
}

function first(search: Search, name: string): string | undefined {
  const value = search[name]?.[0];
  return value !== undefined && value.length > 0 && value.length <= MAX_TEXT_LENGTH ? value : undefined;
}

function isPreset(text: string | undefined): text is RangePreset {
  return RANGE_PRESETS.some((preset) => preset === text);
}

function isDivision(text: string | undefined): text is Division {
  return DIVISIONS.some((division) => division === text);
}
