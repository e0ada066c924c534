import type { CapturedCall } from '../capture/index.ts';
import type { Observer, Scope } from '../runtime.ts';
import { activeContext } from './active-context.ts';
import { describeCall, type SpanAttributes } from './describe-call.ts';

/** Of a tracer provider, what is used: OpenTelemetry's own fit. */
export type SpanTarget = { getTracer(name: string, version?: string): SpanTracer };

export type SpanTracer = { startSpan(name: string, options?: SpanStart, context?: object): EmittedSpan };

export type SpanStart = {
  readonly kind?: number;
  readonly startTime?: number;
  readonly root?: boolean;
  readonly attributes?: SpanAttributes;
};

export type EmittedSpan = { setStatus(status: { code: number }): unknown; end(endTime?: number): void };

export type EmitSpansDeps = {
  readonly target: SpanTarget;
  readonly observe: (observer: Observer) => () => void;
  readonly identity: { readonly name: string; readonly version: string };
};

const KIND_CLIENT = 2;
const STATUS_ERROR = 2;

/** Writes each captured call as a span into the app's own tracer provider, inside of the span that was active when it began. */
export function startEmitting({ target, observe, identity }: EmitSpansDeps): () => void {
  const tracer = target.getTracer(identity.name, identity.version);
  return observe({
    mark: activeContext,
    onCall(call) {
      // What came out of the app's spans is there already; a section ends after its calls, so it cannot be around them.
      if (call.kind !== 'section' && call.attributes?.['otel'] === undefined) emit(tracer, call);
    },
  });
}

function emit(tracer: SpanTracer, call: CapturedCall<Scope>): void {
  const { name, attributes } = describeCall(call);
  const around = call.scope?.mark;
  const start = { kind: KIND_CLIENT, startTime: call.startedAtMs, root: around === undefined, attributes };
  const span = tracer.startSpan(name, start, around);
  if (call.status === 'error') span.setStatus({ code: STATUS_ERROR });
  span.end(call.startedAtMs + (call.durationMs ?? 0));
}
