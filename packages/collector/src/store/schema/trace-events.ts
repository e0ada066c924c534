import type { CostQuality, EventKind, EventStatus, JsonValue, Tags, Usage, UsageQuality } from '@llmobserve/protocol';
import { isNotNull } from 'drizzle-orm';
import { bigint, boolean, index, jsonb, numeric, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';

import { instant } from './columns.ts';

/**
 * One row per event, partitioned by range on `event_id` (its v7 time), with a default partition for all other ids.
 *
 * The time in an id may differ from `started_at`: no read may cut by `event_id`.
 */
export const traceEvents = pgTable(
  'trace_events',
  {
    workspaceId: uuid('workspace_id').notNull(),
    eventId: uuid('event_id').notNull(),
    /** The key it came with. */
    keyId: uuid('key_id').notNull(),
    startedAt: instant('started_at').notNull(),
    receivedAt: instant('received_at').notNull(),
    /** A 32-digit trace id, the same 128 bits. */
    traceId: uuid('trace_id'),
    /** A 16-digit span id as a signed integer of the same 64 bits. */
    spanId: bigint('span_id', { mode: 'bigint' }),
    parentSpanId: bigint('parent_span_id', { mode: 'bigint' }),
    durationMs: bigint('duration_ms', { mode: 'number' }),
    firstTokenMs: bigint('first_token_ms', { mode: 'number' }),
    attempts: bigint('attempts', { mode: 'number' }),
    httpStatus: bigint('http_status', { mode: 'number' }),
    reportedCostPico: bigint('reported_cost_pico', { mode: 'bigint' }),
    /** Of what the sender said; the same id with another hash is a conflict. */
    contentHash: bigint('content_hash', { mode: 'bigint' }).notNull(),
    streamed: boolean('streamed'),
    cacheHit: boolean('cache_hit'),
    /** True when U+0000 or lone surrogates in its texts were replaced. */
    repaired: boolean('repaired').notNull(),
    // numeric, because the largest quantity the contract allows times a price does not fit 64 bits.
    costPico: numeric('cost_pico', { precision: 38, scale: 0, mode: 'bigint' }).notNull(),
    costQuality: text('cost_quality').$type<CostQuality>().notNull(),
    kind: text('kind').$type<EventKind>().notNull(),
    status: text('status').$type<EventStatus>().notNull(),
    usageQuality: text('usage_quality').$type<UsageQuality>().notNull(),
    provider: text('provider').notNull(),
    model: text('model'),
    requestedModel: text('requested_model'),
    operation: text('operation'),
    errorCode: text('error_code'),
    responseId: text('response_id'),
    serviceTier: text('service_tier'),
    region: text('region'),
    rateCardId: text('rate_card_id'),
    customerId: text('customer_id'),
    userId: text('user_id'),
    sessionId: text('session_id'),
    runName: text('run_name'),
    section: text('section'),
    /** Bare name of the innermost agent of the section path. */
    agent: text('agent'),
    environment: text('environment'),
    release: text('release'),
    usage: jsonb('usage').$type<Usage>(),
    tags: jsonb('tags').$type<Tags>(),
    attributes: jsonb('attributes').$type<{ readonly [key: string]: JsonValue }>(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.eventId] }),
    index('trace_events_workspace_started').on(table.workspaceId, table.startedAt),
    index('trace_events_workspace_customer_started').on(table.workspaceId, table.customerId, table.startedAt),
    index('trace_events_workspace_trace').on(table.workspaceId, table.traceId).where(isNotNull(table.traceId)),
  ],
);
