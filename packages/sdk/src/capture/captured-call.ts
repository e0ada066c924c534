import type { EventError, EventKind, EventStatus, JsonValue, Usage, UsageQuality } from '@llmobserve/protocol';

/** One logical call of the app, whatever number of requests it took. */
export type CapturedCall<Scope = unknown> = {
  readonly kind: EventKind;
  readonly provider: string;
  readonly operation: string;
  readonly model?: string;
  readonly requestedModel?: string;
  /** Wall clock. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly firstTokenMs?: number;
  readonly status: EventStatus;
  readonly error?: EventError;
  readonly attempts: number;
  readonly responseId?: string;
  readonly streamed: boolean;
  readonly usage?: Usage;
  readonly usageQuality: UsageQuality;
  readonly serviceTier?: string;
  readonly region?: string;
  readonly reportedCostUsd?: string;
  readonly attributes?: { readonly [key: string]: JsonValue };
  /** What `currentScope()` gave when the request was made. */
  readonly scope: Scope | undefined;
};
