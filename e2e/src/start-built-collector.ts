import { join } from 'node:path';
import { startCollector, type Collector, type CollectorOptions } from '@llmobserve/testkit';

const ENTRY = join(import.meta.dirname, '..', '..', 'packages', 'collector', 'dist', 'main.js');

/** Starts the collector as it is published: the bundle, its template of a database, and the dashboard beside it. */
export function startBuiltCollector(options: Omit<CollectorOptions, 'entry'> = {}): Promise<Collector> {
  return startCollector({ ...options, entry: ENTRY });
}
