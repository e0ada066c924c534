/**
 * What is looked at of a span, in words of our own: `@opentelemetry/sdk-trace-base` 1 and 2 and `@opentelemetry/sdk-trace` 3
 * all fit, and an app that has none of them needs no types of theirs.
 */
export type OtelSpan = {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly startTime: HighResolutionTime;
  readonly endTime: HighResolutionTime;
  readonly status: { readonly code: number };
  /** Since version 2. */
  readonly parentSpanContext?: { readonly spanId: string } | undefined;
  /** Up to version 1. */
  readonly parentSpanId?: string | undefined;
  spanContext(): SpanIds;
};

export type SpanIds = { readonly traceId: string; readonly spanId: string };

/** Seconds since 1970, and nanoseconds. */
export type HighResolutionTime = readonly [seconds: number, nanoseconds: number];

/** Set on the spans we write ourselves, so that they are not read back. */
export const EMITTED_ATTRIBUTE = 'llmobserve.emitted';

export function toMs([seconds, nanoseconds]: HighResolutionTime): number {
  return seconds * 1000 + nanoseconds / 1e6;
}
