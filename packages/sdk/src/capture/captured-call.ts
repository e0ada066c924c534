import type { EventError, EventKind, EventStatus, JsonValue, Usage, UsageQuality } from '@llmobserve/protocol';

/** One logical call of the app, whatever number of requests it took. What is unknown is undefined. */
export type CapturedCall<Scope = unknown> = {
  readonly kind: EventKind;
  readonly provider: string;
  readonly operation: string;
  readonly model?: string | undefined;
  readonly requestedModel?: string | undefined;
  /** Wall clock. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly firstTokenMs?: number | undefined;
  readonly status: EventStatus;
  readonly error?: EventError | undefined;
  readonly attempts: number;
  readonly responseId?: string | undefined;
  readonly streamed: boolean;
  readonly usage?: Usage | undefined;
  readonly usageQuality: UsageQuality;
  readonly serviceTier?: string | undefined;
  readonly region?: string | undefined;
  readonly reportedCostUsd?: string | undefined;
  readonly attributes?: { readonly [key: string]: JsonValue } | undefined;
  /** What `currentScope()` gave when the request was made. */
  readonly scope: Scope | undefined;
};
