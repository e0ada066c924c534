import { EVENT_KINDS, type CostInterval } from '@llmobserve/protocol';

/** Filters as the collector takes them: any of the values per dimension, the empty text for unattributed. */
export type QueryFilters = { readonly [dimension: string]: readonly string[] | undefined };

export type CostQuery = {
  readonly from: string;
  readonly to: string;
  readonly groupBy?: readonly string[];
  readonly interval?: CostInterval;
  readonly filters?: QueryFilters;
  readonly isCompared?: boolean;
  readonly limit?: number;
};

export type CustomersQuery = {
  readonly from: string;
  readonly to: string;
  readonly search?: string;
  readonly sort?: string;
  readonly isCompared?: boolean;
  readonly cursor?: string;
  readonly limit?: number;
};

export type CallsQuery = {
  readonly from: string;
  readonly to: string;
  readonly filters?: QueryFilters;
  readonly cursor?: string;
  readonly limit?: number;
};

/** The path a cost question is asked at; what "copy as API call" copies. */
export function costsPath(query: CostQuery): string {
  return pathOf('/v1/costs', [
    ['from', query.from],
    ['to', query.to],
    ['groupBy', query.groupBy?.join(',')],
    ['interval', query.interval],
    ...filterPairs(query.filters),
    ['compare', query.isCompared ? 'previous' : undefined],
    ['limit', query.limit?.toString()],
  ]);
}

export function customersPath(query: CustomersQuery): string {
  return pathOf('/v1/customers', [
    ['from', query.from],
    ['to', query.to],
    ['search', query.search || undefined],
    ['sort', query.sort],
    ['compare', query.isCompared ? 'previous' : undefined],
    ['cursor', query.cursor],
    ['limit', query.limit?.toString()],
  ]);
}

/** False for ids that no path can name, because browsers take them for a step within it. */
export function hasCustomerPath(id: string): boolean {
  return id !== '' && id !== '.' && id !== '..';
}

export function customerPath(id: string): string {
  return `/v1/customers/${encodeURIComponent(id)}`;
}

/** The events that are calls: sections shape runs, and between the calls of an agent there may be many of them. */
export function callsPath(query: CallsQuery): string {
  return pathOf('/v1/events', [
    ['from', query.from],
    ['to', query.to],
    ...filterPairs({ ...query.filters, kind: callKinds(query.filters?.['kind']) }),
    ['cursor', query.cursor],
    ['limit', query.limit?.toString()],
  ]);
}

/** The same question for a terminal, with the key left to its environment variable. */
export function curlCommand(origin: string, path: string): string {
  return `curl -H "Authorization: Bearer $LLMOBSERVE_API_KEY" '${origin}${path.replaceAll("'", '%27')}'`;
}

type Pair = readonly [name: string, value: string | undefined];

/** Without any of them no call can be meant, and only the empty kind says so. */
function callKinds(wanted: readonly string[] = []): readonly string[] {
  const kinds = EVENT_KINDS.filter((kind) => kind !== 'section' && (wanted.length === 0 || wanted.includes(kind)));
  return kinds.length === 0 ? [''] : kinds;
}

function filterPairs(filters: QueryFilters = {}): readonly Pair[] {
  return Object.entries(filters).flatMap(([dimension, values = []]) => values.map((value): Pair => [`filter[${dimension}]`, value]));
}

function pathOf(path: string, pairs: readonly Pair[]): string {
  const params = new URLSearchParams();
  for (const [name, value] of pairs) if (value !== undefined) params.append(name, value);
  return `${path}?${params.toString()}`;
}
