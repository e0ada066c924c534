import { innermostAgent, parseUsd } from '@llmobserve/protocol';

import type { Queryable } from '../database.ts';
import { spanIdToInt8, traceIdToUuid } from '../trace-ids.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { writeArray, type ArrayMember } from './write-array.ts';

type Column = { readonly name: string; readonly type: string; readonly read: (entry: LedgerEntry) => ArrayMember };

type JsonColumn = { readonly name: string; readonly read: (entry: LedgerEntry) => object | undefined };

/** The columns of `trace_events` besides the workspace that hold one value: what of an entry stands in them. */
const COLUMNS: readonly Column[] = [
  { name: 'event_id', type: 'uuid', read: ({ event }) => event.id },
  { name: 'key_id', type: 'uuid', read: ({ keyId }) => keyId },
  { name: 'started_at', type: 'timestamptz', read: ({ event }) => event.startedAt },
  { name: 'received_at', type: 'timestamptz', read: ({ receivedAtMs }) => new Date(receivedAtMs).toISOString() },
  { name: 'trace_id', type: 'uuid', read: ({ event }) => (event.traceId === undefined ? null : traceIdToUuid(event.traceId)) },
  { name: 'span_id', type: 'int8', read: ({ event }) => (event.spanId === undefined ? null : spanIdToInt8(event.spanId)) },
  {
    name: 'parent_span_id',
    type: 'int8',
    read: ({ event }) => (event.parentSpanId === undefined ? null : spanIdToInt8(event.parentSpanId)),
  },
  { name: 'duration_ms', type: 'int8', read: ({ event }) => event.durationMs },
  { name: 'first_token_ms', type: 'int8', read: ({ event }) => event.firstTokenMs },
  { name: 'attempts', type: 'int8', read: ({ event }) => event.attempts },
  { name: 'http_status', type: 'int8', read: ({ event }) => event.error?.httpStatus },
  {
    name: 'reported_cost_pico',
    type: 'int8',
    read: ({ event }) => (event.reportedCostUsd === undefined ? null : parseUsd(event.reportedCostUsd)),
  },
  { name: 'content_hash', type: 'int8', read: ({ contentHash }) => contentHash },
  { name: 'streamed', type: 'bool', read: ({ event }) => event.streamed },
  { name: 'cache_hit', type: 'bool', read: ({ event }) => event.cacheHit },
  { name: 'repaired', type: 'bool', read: ({ isRepaired }) => isRepaired },
  { name: 'cost_pico', type: 'numeric', read: ({ costPicoUsd }) => costPicoUsd },
  { name: 'cost_quality', type: 'text', read: ({ costQuality }) => costQuality },
  { name: 'kind', type: 'text', read: ({ event }) => event.kind },
  { name: 'status', type: 'text', read: ({ event }) => event.status },
  { name: 'usage_quality', type: 'text', read: ({ event }) => event.usageQuality },
  { name: 'provider', type: 'text', read: ({ event }) => event.provider },
  { name: 'model', type: 'text', read: ({ event }) => event.model },
  { name: 'requested_model', type: 'text', read: ({ event }) => event.requestedModel },
  { name: 'operation', type: 'text', read: ({ event }) => event.operation },
  { name: 'error_code', type: 'text', read: ({ event }) => event.error?.code },
  { name: 'response_id', type: 'text', read: ({ event }) => event.responseId },
  { name: 'service_tier', type: 'text', read: ({ event }) => event.serviceTier },
  { name: 'region', type: 'text', read: ({ event }) => event.region },
  { name: 'rate_card_id', type: 'text', read: ({ card }) => card?.id },
  { name: 'customer_id', type: 'text', read: ({ event }) => event.customer },
  { name: 'user_id', type: 'text', read: ({ event }) => event.user },
  { name: 'session_id', type: 'text', read: ({ event }) => event.session },
  { name: 'run_name', type: 'text', read: ({ event }) => event.run },
  { name: 'section', type: 'text', read: ({ event }) => event.section },
  { name: 'agent', type: 'text', read: ({ event }) => (event.section === undefined ? null : innermostAgent(event.section)) },
  { name: 'environment', type: 'text', read: ({ environment }) => environment },
  { name: 'release', type: 'text', read: ({ event }) => event.release },
];

/** They travel as one JSON text each, which needs no escaping on the way. */
const JSON_COLUMNS: readonly JsonColumn[] = [
  { name: 'usage', read: ({ event }) => event.usage },
  { name: 'tags', read: ({ event }) => event.tags },
  { name: 'attributes', read: ({ event }) => event.attributes },
];

const NAMES = [...COLUMNS, ...JSON_COLUMNS].map((column) => column.name).join(', ');
const ARRAYS = COLUMNS.map((column, index) => `$${index + 2}::${column.type}[]`).join(', ');
const LISTS = JSON_COLUMNS.map((_, index) => `jsonb_array_elements($${index + COLUMNS.length + 2}::jsonb)`).join(', ');
const VALUES = [
  ...COLUMNS.map((column) => `u.${column.name}`),
  ...JSON_COLUMNS.map((column) => `NULLIF(u.${column.name}, 'null'::jsonb)`),
].join(', ');

const INSERT_EVENTS = `
  INSERT INTO trace_events (workspace_id, ${NAMES})
  SELECT $1::uuid, ${VALUES} FROM ROWS FROM (unnest(${ARRAYS}), ${LISTS}) AS u (${NAMES})
  ON CONFLICT (workspace_id, event_id) DO NOTHING
  RETURNING event_id
`;

const READ_HASHES = `
  SELECT event_id, content_hash FROM trace_events WHERE workspace_id = $1::uuid AND event_id = ANY($2::uuid[])
`;

/** Inserts the entries whose id is new to the workspace, and gives those back; each id may be there once. */
export async function insertEvents(tx: Queryable, workspaceId: string, entries: readonly LedgerEntry[]): Promise<readonly LedgerEntry[]> {
  if (entries.length === 0) return [];
  const columns = COLUMNS.map(({ read }) => writeArray(entries.map(read)));
  const lists = JSON_COLUMNS.map(({ read }) => JSON.stringify(entries.map((entry) => read(entry) ?? null)));
  const rows = await tx.queryPrepared<{ event_id: string }>({
    name: 'insert-events',
    text: INSERT_EVENTS,
    values: [workspaceId, ...columns, ...lists],
  });
  if (rows.length === entries.length) return entries;
  const ids = new Set(rows.map((row) => row.event_id));
  return entries.filter((entry) => ids.has(entry.event.id));
}

/** Reads under which content hash each of these ids is stored. */
export async function readContentHashes(tx: Queryable, workspaceId: string, ids: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.queryPrepared<{ event_id: string; content_hash: string }>({
    name: 'read-content-hashes',
    text: READ_HASHES,
    values: [workspaceId, ids],
  });
  return new Map(rows.map((row) => [row.event_id, BigInt(row.content_hash)]));
}
