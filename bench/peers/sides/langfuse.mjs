import { createRequire } from 'node:module';

/** Langfuse's wrapper and span processor, as its quick start has them. */
export function start({ sinkUrl }) {
  const require = createRequire(import.meta.url);
  const { observeOpenAI } = require('@langfuse/openai');
  const { LangfuseSpanProcessor } = require('@langfuse/otel');
  const { propagateAttributes } = require('@langfuse/tracing');
  const { NodeTracerProvider } = require('@opentelemetry/sdk-trace-node');
  const processor = new LangfuseSpanProcessor({ publicKey: 'pk-lf-bench', secretKey: 'sk-lf-bench', baseUrl: sinkUrl });
  new NodeTracerProvider({ spanProcessors: [processor] }).register();
  return {
    observe: (client) => observeOpenAI(client),
    withCustomer: (customer, fn) => propagateAttributes({ userId: customer }, fn),
    flush: () => processor.forceFlush(),
  };
}
