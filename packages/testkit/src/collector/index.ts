export { parseFirstLine, type FirstLine } from './read-first-line.ts';
export { startCollector, type Collector, type CollectorOptions } from './start-collector.ts';
