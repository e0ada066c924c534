import type { Batch, BatchAnswer, SentCostEvent } from '@llmobserve/protocol';
import type { InitOptions } from './config.ts';
import { liveEngine } from './init.ts';

/** What a test sees of the calls its code makes. */
export type RecordedCalls = {
  /** The calls recorded so far, oldest first, as they would be sent. */
  readonly events: readonly SentCostEvent[];
  /** The runs and sections that have ended, in the order of their ends; calls name them by `parentSpanId`. */
  readonly sections: readonly SentCostEvent[];
  /** Waits for calls in flight, then gives the recorded calls. */
  settled(timeoutMs?: number): Promise<readonly SentCostEvent[]>;
  /** Forgets what was recorded, between two tests. */
  clear(): void;
  /** Ends the recording; until `init` is called nothing is captured then. */
  stop(): Promise<void>;
};

/**
 * Records calls in memory instead of sending them: no key, no collector, no network of ours. An `init` of the code under
 * test changes settings and sends nothing while the recording lasts.
 *
 * @example
 * const calls = recordCalls();
 * await answerQuestion('acme', 'How much is it?');
 * assert.equal((await calls.settled())[0]?.customer, 'acme');
 * await calls.stop();
 */
export function recordCalls(options: Omit<InitOptions, 'apiKey' | 'collectorUrl' | 'enabled'> = {}): RecordedCalls {
  const engine = liveEngine();
  const events: SentCostEvent[] = [];
  const sections: SentCostEvent[] = [];
  engine.record((batchText) => {
    // Safe because the text was just written from this type.
    const batch = JSON.parse(batchText) as Batch;
    for (const event of batch.events) (event.kind === 'section' ? sections : events).push(event);
    return JSON.stringify({ accepted: batch.events.length, duplicates: 0, rejected: [] } satisfies BatchAnswer);
  });
  engine.configure({ ...options, enabled: true });
  return {
    events,
    sections,
    async settled(timeoutMs) {
      await engine.flush(timeoutMs);
      return events;
    },
    clear() {
      events.length = 0;
      sections.length = 0;
    },
    async stop() {
      await engine.shutdown();
      engine.record(undefined);
    },
  };
}

export { costOf } from './cost-of.ts';
export type { Prices, UnitPrices } from './cost-of.ts';
export type { SentCostEvent } from '@llmobserve/protocol';
