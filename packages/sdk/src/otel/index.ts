export { startEmitting } from './emit-spans.ts';
export type { SpanTarget } from './emit-spans.ts';
export { startSpanProcessor } from './span-processor.ts';
export type { LlmobserveSpanProcessor, SpanStats } from './span-processor.ts';
export type { OtelSpan } from './otel-span.ts';
