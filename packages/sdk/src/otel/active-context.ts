import type { SpanIds } from './otel-span.ts';

/** OpenTelemetry's own bag of values that follow the async work. */
export type OtelContext = { getValue(key: symbol): unknown };

/** Where every copy of `@opentelemetry/api` 1.x registers what all of them share (seen with 1.0 to 1.10). */
const GLOBAL_API = Symbol.for('opentelemetry.js.api.1');
const ACTIVE_SPAN = Symbol.for('OpenTelemetry Context Key SPAN');

/** Finds OpenTelemetry's context of the running work, if it holds a span; asks the API that is loaded already, and loads none. */
export function activeContext(): OtelContext | undefined {
  const manager = contextManager();
  const active = member(manager, 'active');
  if (typeof active !== 'function') return undefined;
  const context: unknown = Reflect.apply(active, manager, []);
  return isContext(context) && spanIn(context) ? context : undefined;
}

/** Whether the app has a context manager, without which no span knows what runs inside of it. */
export function hasContexts(): boolean {
  return contextManager() !== undefined;
}

function contextManager(): unknown {
  return member(member(globalThis, GLOBAL_API), 'context');
}

/** Finds the ids of the span that a context holds. */
export function spanIn(context: unknown): SpanIds | undefined {
  if (!isContext(context)) return undefined;
  const span = context.getValue(ACTIVE_SPAN);
  const spanContext = member(span, 'spanContext');
  const ids: unknown = typeof spanContext === 'function' ? Reflect.apply(spanContext, span, []) : undefined;
  const traceId = member(ids, 'traceId');
  const spanId = member(ids, 'spanId');
  return typeof traceId === 'string' && typeof spanId === 'string' ? { traceId, spanId } : undefined;
}

function isContext(value: unknown): value is OtelContext {
  return typeof member(value, 'getValue') === 'function';
}

function member(holder: unknown, name: PropertyKey): unknown {
  return (typeof holder === 'object' && holder !== null) || typeof holder === 'function' ? Reflect.get(holder, name) : undefined;
}
