import { context, type Tracer, type TracerProvider } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import * as current from '@opentelemetry/sdk-trace';
import * as shim from '@opentelemetry/sdk-trace-base';
import { onTestFinished } from 'vitest';
import { createSpanProcessor, type LlmobserveSpanProcessor } from '../../../src/otel.ts';
import { recordCalls, type RecordedCalls } from '../../../src/testing.ts';

export type Tracing = {
  readonly provider: TracerProvider;
  readonly tracer: Tracer;
  readonly processor: LlmobserveSpanProcessor;
  readonly calls: RecordedCalls;
  /** Spans that another backend would get. */
  exported(): readonly current.ReadableSpan[];
};

/** The generations of OpenTelemetry's SDK that an app may have. */
export const GENERATIONS = ['sdk-trace-base 2', 'sdk-trace 3'] as const;
export type Generation = (typeof GENERATIONS)[number];

/** A tracer provider as an app sets it up, with our processor beside an exporter, and calls recorded. */
export function startTracing(generation: Generation, options: { readonly hasContexts?: boolean } = {}): Tracing {
  const calls = recordCalls();
  onTestFinished(() => calls.stop());
  if (options.hasContexts !== false) {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    onTestFinished(() => context.disable());
  }
  const processor = createSpanProcessor();
  onTestFinished(() => processor.shutdown());
  const { provider, exporter } = makeProvider(generation, processor);
  return { provider, tracer: provider.getTracer('app'), processor, calls, exported: () => exporter.getFinishedSpans() };
}

function makeProvider(generation: Generation, processor: LlmobserveSpanProcessor) {
  if (generation === 'sdk-trace 3') {
    const exporter = new current.InMemorySpanExporter();
    const provider = new current.TracerProvider({ spanProcessors: [processor, new current.SimpleSpanProcessor({ exporter })] });
    return { provider, exporter };
  }
  const exporter = new shim.InMemorySpanExporter();
  const provider = new shim.BasicTracerProvider({ spanProcessors: [processor, new shim.SimpleSpanProcessor(exporter)] });
  return { provider, exporter };
}
