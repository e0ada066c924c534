export { startCollector, type Collector, type CollectorOptions } from './start-collector.ts';
