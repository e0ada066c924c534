import type { BatchAnswer } from '@llmobserve/protocol';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const LATENCY_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export type AnsweredRequest = { readonly method: string; readonly route: string; readonly status: number; readonly durationMs: number };

/** What the collector counts about itself, in the format of Prometheus. */
export type Metrics = {
  readonly contentType: string;
  noteRequest(request: AnsweredRequest): void;
  noteBatch(answer: BatchAnswer): void;
  noteLiveClients(change: 1 | -1): void;
  write(): Promise<string>;
};

/** Makes a registry of its own, so that two collectors in one process do not count each other. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'llmobserve_http_request_duration_seconds',
    help: 'Time from the first line of a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: LATENCY_BUCKETS_SECONDS,
    registers,
  });
  const events = new Counter({
    name: 'llmobserve_events_total',
    help: 'Events by what became of them: accepted, duplicate, or the code they were rejected with.',
    labelNames: ['outcome'],
    registers,
  });
  const live = new Gauge({ name: 'llmobserve_live_clients', help: 'Open live streams.', registers });
  return {
    contentType: registry.contentType,
    noteRequest: ({ method, route, status, durationMs }) => requests.observe({ method, route, status }, durationMs / 1000),
    noteBatch: (answer) => {
      events.inc({ outcome: 'accepted' }, answer.accepted);
      events.inc({ outcome: 'duplicate' }, answer.duplicates);
      for (const { code } of answer.rejected) events.inc({ outcome: code });
    },
    noteLiveClients: (change) => live.inc(change),
    write: () => registry.metrics(),
  };
}
