import { explainCost, readRateCard, type RateCardJson } from '@llmobserve/pricing';
import {
  formatUsd,
  type CostEvent,
  type CostQuality,
  type EventError,
  type JsonValue,
  type PricedEvent,
  type Tags,
  type Usage,
} from '@llmobserve/protocol';
import { sql, type SQL } from 'drizzle-orm';

import { int8ToSpanId, uuidToTraceId } from '../store/index.ts';

/** Everything of a row that an answer shows, in the names of the contract. */
export const EVENT_COLUMNS: SQL = sql`
  trace_events.event_id::text AS id, kind, provider, model, requested_model, operation, trace_id::text, span_id::text, parent_span_id::text,
  (extract(epoch FROM started_at) * 1000)::float8 AS started_ms, (extract(epoch FROM received_at) * 1000)::float8 AS received_ms,
  duration_ms::float8, first_token_ms::float8, status, error_code, http_status::float8, attempts::float8, response_id, streamed, cache_hit,
  usage, usage_quality, service_tier, region, reported_cost_pico::text, cost_pico::text, cost_quality, rate_cards.card,
  customer_id, user_id, session_id, run_name, section, environment, release, tags, attributes, repaired
`;

export type EventRow = {
  readonly id: string;
  readonly kind: CostEvent['kind'];
  readonly provider: string;
  readonly model: string | null;
  readonly requested_model: string | null;
  readonly operation: string | null;
  readonly trace_id: string | null;
  readonly span_id: string | null;
  readonly parent_span_id: string | null;
  readonly started_ms: number;
  readonly received_ms: number;
  readonly duration_ms: number | null;
  readonly first_token_ms: number | null;
  readonly status: CostEvent['status'];
  readonly error_code: string | null;
  readonly http_status: number | null;
  readonly attempts: number | null;
  readonly response_id: string | null;
  readonly streamed: boolean | null;
  readonly cache_hit: boolean | null;
  readonly usage: Usage | null;
  readonly usage_quality: CostEvent['usageQuality'];
  readonly service_tier: string | null;
  readonly region: string | null;
  readonly reported_cost_pico: string | null;
  readonly cost_pico: string;
  readonly cost_quality: CostQuality;
  readonly card: RateCardJson | null;
  readonly customer_id: string | null;
  readonly user_id: string | null;
  readonly session_id: string | null;
  readonly run_name: string | null;
  readonly section: string | null;
  readonly environment: string | null;
  readonly release: string | null;
  readonly tags: Tags | null;
  readonly attributes: { readonly [key: string]: JsonValue } | null;
  readonly repaired: boolean;
};

/** Writes a row as the contract shows an event: with its cost, and every line of that cost. */
export function pricedEventOf(row: EventRow, bookVersion: string): PricedEvent {
  const event = costEventOf(row);
  const card = row.card ? readRateCard(row.card) : undefined;
  return {
    ...event,
    receivedAt: new Date(row.received_ms).toISOString(),
    ...(row.repaired ? { repaired: true } : {}),
    cost: {
      usd: formatUsd(BigInt(row.cost_pico)),
      quality: row.cost_quality,
      lines: explainCost(card, event),
      bookVersion: card?.bookVersion ?? bookVersion,
    },
  };
}

function costEventOf(row: EventRow): CostEvent {
  const error = dropNull<EventError>({ code: row.error_code, httpStatus: row.http_status });
  return dropNull<CostEvent>({
    id: row.id,
    kind: row.kind,
    provider: row.provider,
    startedAt: new Date(row.started_ms).toISOString(),
    model: row.model,
    requestedModel: row.requested_model,
    operation: row.operation,
    traceId: row.trace_id === null ? null : uuidToTraceId(row.trace_id),
    spanId: row.span_id === null ? null : int8ToSpanId(BigInt(row.span_id)),
    parentSpanId: row.parent_span_id === null ? null : int8ToSpanId(BigInt(row.parent_span_id)),
    durationMs: row.duration_ms,
    firstTokenMs: row.first_token_ms,
    status: row.status,
    error: Object.keys(error).length > 0 ? error : null,
    attempts: row.attempts,
    responseId: row.response_id,
    streamed: row.streamed,
    usage: row.usage,
    usageQuality: row.usage_quality,
    serviceTier: row.service_tier,
    region: row.region,
    cacheHit: row.cache_hit,
    reportedCostUsd: row.reported_cost_pico === null ? null : formatUsd(BigInt(row.reported_cost_pico)),
    ...attributionOf(row),
  });
}

function attributionOf(row: EventRow) {
  return {
    customer: row.customer_id,
    user: row.user_id,
    session: row.session_id,
    run: row.run_name,
    section: row.section,
    environment: row.environment,
    release: row.release,
    tags: row.tags,
    attributes: row.attributes,
  };
}

type Nullable<T> = { readonly [key in keyof T]-?: Exclude<T[key], undefined> | null };

/** SQL says null where the contract says absent. */
function dropNull<T extends object>(members: Nullable<T>): T {
  // Safe because only columns that may be null belong to members that may be absent.
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)) as T;
}
