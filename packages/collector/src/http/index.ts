// The whole surface.
export { createApp } from './app.ts';

// What it needs.
export { createMetrics } from './create-metrics.ts';
export type { Metrics } from './create-metrics.ts';
export type { Ledger, Sender, Services } from './services.ts';
