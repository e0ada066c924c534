import type { Tags } from './attribution.ts';
import type { Usage } from './usage.ts';

export const EVENT_KINDS = ['llm', 'embedding', 'image', 'audio', 'moderation', 'rerank', 'vector', 'batch', 'section', 'custom'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Kinds whose price depends on a model, so that one must be named. */
export const MODEL_KINDS: ReadonlySet<EventKind> = new Set<EventKind>(['llm', 'embedding', 'image', 'audio', 'rerank']);

export const EVENT_STATUSES = ['ok', 'error', 'cancelled'] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];

/** reported: by the provider; estimated: by us; unknown: nobody said. */
export const USAGE_QUALITIES = ['reported', 'estimated', 'unknown'] as const;
export type UsageQuality = (typeof USAGE_QUALITIES)[number];

export type EventError = { readonly code?: string; readonly httpStatus?: number };

/** Any value that came from JSON. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** One call: who made it, what it used, how long it took, how it ended. Absent members are absent, never null. */
export type CostEvent = {
  /** Lower-case UUID; the idempotency key within the workspace. */
  readonly id: string;
  readonly kind: EventKind;
  readonly provider: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly startedAt: string;
  /** As answered by the provider. */
  readonly model?: string;
  readonly requestedModel?: string;
  readonly operation?: string;
  /** 32 hex digits; also the id of the run. */
  readonly traceId?: string;
  /** 16 hex digits. */
  readonly spanId?: string;
  readonly parentSpanId?: string;
  readonly durationMs?: number;
  readonly firstTokenMs?: number;
  readonly status: EventStatus;
  readonly error?: EventError;
  readonly attempts?: number;
  readonly responseId?: string;
  readonly streamed?: boolean;
  readonly usage?: Usage;
  readonly usageQuality: UsageQuality;
  readonly serviceTier?: string;
  readonly region?: string;
  readonly cacheHit?: boolean;
  /** Decimal string in USD: the provider's own figure. */
  readonly reportedCostUsd?: string;
  readonly customer?: string;
  readonly user?: string;
  readonly session?: string;
  /** The run's name; its id is `traceId`. */
  readonly run?: string;
  readonly section?: string;
  readonly environment?: string;
  readonly release?: string;
  readonly tags?: Tags;
  readonly attributes?: { readonly [key: string]: JsonValue };
};

/** What a sender writes: `status` and `usageQuality` may be left to their defaults. */
export type SentCostEvent = Omit<CostEvent, 'status' | 'usageQuality'> & Partial<Pick<CostEvent, 'status' | 'usageQuality'>>;
