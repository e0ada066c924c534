import type { EventError, EventKind, EventStatus, JsonValue, Tags, Usage, UsageQuality } from '@llmobserve/protocol';

/** One logical call of the app, whatever number of requests it took. What is unknown is undefined. */
export type CapturedCall<Scope = unknown> = {
  /** Given where the event's id is known already. */
  readonly id?: string | undefined;
  readonly kind: EventKind;
  readonly provider: string;
  readonly operation: string;
  readonly model?: string | undefined;
  readonly requestedModel?: string | undefined;
  /** Wall clock. */
  readonly startedAtMs: number;
  readonly durationMs: number | undefined;
  readonly firstTokenMs?: number | undefined;
  readonly status: EventStatus;
  readonly error?: EventError | undefined;
  readonly attempts?: number | undefined;
  readonly responseId?: string | undefined;
  /** Names work that any process may ask the provider about, so that all of them make the same event of it. */
  readonly jobId?: string | undefined;
  readonly streamed?: boolean | undefined;
  readonly usage?: Usage | undefined;
  /** Left out where the default holds: reported with usage, unknown without. */
  readonly usageQuality?: UsageQuality | undefined;
  readonly serviceTier?: string | undefined;
  readonly region?: string | undefined;
  readonly reportedCostUsd?: string | undefined;
  readonly attributes?: { readonly [key: string]: JsonValue } | undefined;
  /** Of this call alone, beside those of its scope. */
  readonly tags?: Tags | undefined;
  /** What `currentScope()` gave when the request was made. */
  readonly scope: Scope | undefined;
};
