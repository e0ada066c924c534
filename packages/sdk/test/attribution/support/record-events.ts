import type { Batch, BatchAnswer, SentCostEvent } from '@llmobserve/protocol';
import { onTestFinished } from 'vitest';
import type { InitOptions } from '../../../src/config.ts';
import { liveEngine } from '../../../src/init.ts';
import { liveRuntime, type Scope } from '../../../src/runtime.ts';

/** Events as they would be sent, by the engine of this process; waits for what is under way. */
export function recordEvents(options: InitOptions = {}): () => Promise<readonly SentCostEvent[]> {
  const engine = liveEngine();
  const events: SentCostEvent[] = [];
  engine.record((batchText) => {
    // Safe because the text was just written from this type.
    const batch = JSON.parse(batchText) as Batch;
    events.push(...batch.events);
    return JSON.stringify({ accepted: batch.events.length, duplicates: 0, rejected: [] } satisfies BatchAnswer);
  });
  engine.configure({ ...options, enabled: true });
  onTestFinished(async () => {
    await engine.shutdown();
    engine.record(undefined);
  });
  return async () => {
    await engine.flush();
    return events;
  };
}

export function currentScope(): Scope | undefined {
  return liveRuntime().scopes.getStore();
}

/** Lets timers and sockets have their turn. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
