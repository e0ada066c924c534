import { createRequire } from 'node:module';

/** OpenTelemetry's own instrumentation of the client, with a queue that holds a whole round. */
export function start({ sinkUrl }) {
  const require = createRequire(import.meta.url);
  const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-http');
  const { registerInstrumentations } = require('@opentelemetry/instrumentation');
  const { OpenAIInstrumentation } = require('@opentelemetry/instrumentation-openai');
  const { BatchSpanProcessor, NodeTracerProvider } = require('@opentelemetry/sdk-trace-node');
  const exporter = new OTLPTraceExporter({ url: `${sinkUrl}/v1/traces`, compression: 'gzip' });
  const processor = new BatchSpanProcessor(exporter, { maxQueueSize: 20_000, maxExportBatchSize: 500 });
  const provider = new NodeTracerProvider({ spanProcessors: [processor] });
  provider.register();
  registerInstrumentations({ tracerProvider: provider, instrumentations: [new OpenAIInstrumentation({ captureMessageContent: false })] });
  return { observe: (client) => client, withCustomer: (_customer, fn) => fn(), flush: () => processor.forceFlush() };
}
