import { COST_DIMENSIONS, parseInstant, type CostDimension } from '@llmobserve/protocol';
import type * as z from 'zod';

import { isTimeZone, startOfDay, type DimensionFilter, type TimeRange } from '../queries/index.ts';
import { invalidQuery } from '../services/index.ts';

const DAY_MS = 24 * 3_600_000;
const DEFAULT_RANGE_DAYS = 30;
/** 1970 begins earlier east of Greenwich. */
export const EARLIEST_MS = -DAY_MS;
/** The end of the years of four digits, which every reader of times understands. */
export const LATEST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const FILTER = /^filter\[(.+)\]$/;
const MAX_FILTER_VALUES = 200;
/** The store weighs every filter against every other: 300 of them kept an embedded one busy for 5 s. */
const MAX_FILTERS = 16;
const MAX_TAG_LENGTH = 200;

/**
 * Reads the parameters a schema names, each given once at most: of two we would have to guess which one is meant.
 *
 * @throws {ProblemError} `invalid_query` with the parameter's name.
 */
export function readQuery<Schema extends z.ZodObject>(schema: Schema, params: URLSearchParams): z.output<Schema> {
  const given = Object.keys(schema.shape).flatMap((name) => {
    const [value, ...more] = params.getAll(name);
    if (more.length > 0) throw invalidQuery(name, 'may be given once');
    return value === undefined ? [] : [[name, value] as const];
  });
  const result = schema.safeParse(Object.fromEntries(given));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalidQuery(String(issue?.path[0] ?? ''), issue?.message ?? 'not understood');
}

export type RangeText = { readonly from?: string | undefined; readonly to?: string | undefined };

/** Reads `from` and `to`, each a time or a day; without them the last 30 days. */
export function readRange(text: RangeText, timeZone: string, nowMs: number): TimeRange {
  const toMs = text.to === undefined ? nowMs : readBound('to', text.to, timeZone);
  const fromMs = text.from === undefined ? toMs - DEFAULT_RANGE_DAYS * DAY_MS : readBound('from', text.from, timeZone);
  if (fromMs >= toMs) throw invalidQuery('from', 'has to lie before to');
  return { fromMs, toMs };
}

function readBound(parameter: string, text: string, timeZone: string): number {
  const day = DAY.exec(text);
  // A plus sign that was not encoded arrives as a space.
  const atMs = day ? startOfNamedDay(day, timeZone) : parseInstant(text.replace(' ', '+'));
  if (atMs === undefined || atMs < EARLIEST_MS || atMs > LATEST_MS) {
    throw invalidQuery(parameter, 'has to be a day such as 2026-11-20 or an RFC 3339 time with a zone, from 1970 to 9999');
  }
  return atMs;
}

function startOfNamedDay([, year, month, day]: RegExpExecArray, timeZone: string): number | undefined {
  const named = { year: Number(year), month: Number(month) - 1, day: Number(day) };
  const date = new Date(Date.UTC(named.year, named.month, named.day));
  const exists = named.year >= 1970 && date.getUTCMonth() === named.month && date.getUTCDate() === named.day;
  return exists ? startOfDay(named, timeZone) : undefined;
}

/** Reads the name of a time zone. */
export function readTimeZone(name: string | undefined): string | undefined {
  if (name === undefined || isTimeZone(name)) return name;
  throw invalidQuery('timeZone', 'has to be an IANA name such as Europe/Berlin');
}

/** Reads every `filter[dimension]=value`; several values of a dimension mean any of them, an empty one means unattributed. */
export function readFilters(params: URLSearchParams): readonly DimensionFilter[] {
  const byDimension = new Map<CostDimension, (string | null)[]>();
  for (const [parameter, value] of params) {
    if (!parameter.startsWith('filter')) continue;
    const name = FILTER.exec(parameter)?.[1];
    // A filter that is not understood must not become figures of everything.
    if (name === undefined) throw invalidQuery(parameter, 'a filter is written filter[dimension]=value');
    const dimension = readDimension(parameter, name);
    const values = byDimension.get(dimension) ?? [];
    values.push(value === '' ? null : value);
    if (values.length > MAX_FILTER_VALUES) throw invalidQuery(parameter, `may be given ${MAX_FILTER_VALUES} times at most`);
    if (value.includes('\0')) throw invalidQuery(parameter, 'must not hold U+0000');
    byDimension.set(dimension, values);
    if (byDimension.size > MAX_FILTERS) throw invalidQuery(parameter, `is one filter more than the ${MAX_FILTERS} that may be given`);
  }
  return [...byDimension].map(([dimension, values]) => ({ dimension, values }));
}

/** Reads one or two dimensions, separated by a comma. */
export function readGroupBy(text: string | undefined): readonly CostDimension[] {
  if (text === undefined || text === '') return [];
  const dimensions = text.split(',').map((name) => readDimension('groupBy', name));
  if (dimensions.length > 2 || new Set(dimensions).size < dimensions.length) {
    throw invalidQuery('groupBy', 'takes one dimension, or two different ones');
  }
  return dimensions;
}

function readDimension(parameter: string, name: string): CostDimension {
  const known = COST_DIMENSIONS.find((dimension) => dimension === name);
  if (known) return known;
  const tag = name.startsWith('tag:') ? name.slice('tag:'.length) : '';
  if (tag !== '' && tag.length <= MAX_TAG_LENGTH && !tag.includes('\0')) return `tag:${tag}`;
  throw invalidQuery(parameter, `knows ${COST_DIMENSIONS.join(', ')} and tag:<name>`);
}
