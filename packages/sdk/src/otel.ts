import { liveEngine } from './init.ts';
import { startEmitting, startSpanProcessor, type LlmobserveSpanProcessor, type SpanTarget } from './otel/index.ts';
import { PACKAGE_NAME, PACKAGE_VERSION } from './package-identity.ts';
import { liveRuntime } from './runtime.ts';

/**
 * Makes a span processor that turns spans with a usage (`gen_ai.*`, OpenInference, OpenLLMetry, Vercel) into events, of
 * nested ones the innermost, and none that was captured on the wire already.
 *
 * @example const provider = new TracerProvider({ spanProcessors: [createSpanProcessor()] });
 */
export function createSpanProcessor(): LlmobserveSpanProcessor {
  return startSpanProcessor({
    engine: liveEngine(),
    currentScope: () => liveRuntime().scopes.getStore(),
    clock: { monotonicMs: () => performance.now() },
    after,
  });
}

function after(delayMs: number, run: () => void): void {
  // Off Node a timer is a number, which holds up nobody.
  const timer: { unref?: () => unknown } = setTimeout(run, delayMs);
  timer.unref?.();
}

/**
 * Writes each call captured from here on as a `gen_ai` span into your own tracer provider, without prompts and answers.
 *
 * @returns what ends it.
 * @example const stop = emitSpans({ tracerProvider: provider });
 */
export function emitSpans(options: { readonly tracerProvider: SpanTarget }): () => void {
  const engine = liveEngine();
  return startEmitting({
    target: options.tracerProvider,
    observe: (observer) => engine.observe(observer),
    identity: { name: PACKAGE_NAME, version: PACKAGE_VERSION },
  });
}

export type { LlmobserveSpanProcessor, OtelSpan, SpanStats, SpanTarget } from './otel/index.ts';
