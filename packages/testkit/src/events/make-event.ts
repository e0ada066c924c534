import { randomUUID } from 'node:crypto';
import type { SentCostEvent } from '@llmobserve/protocol';

/**
 * Makes a valid event of one chat call; only what the test is about needs to be said.
 *
 * @example makeEvent({ customer: 'acme', usage: { input: 1000 } })
 */
export function makeEvent(overrides: Partial<SentCostEvent> = {}): SentCostEvent {
  return {
    id: randomUUID(),
    kind: 'llm',
    provider: 'openai',
    startedAt: new Date().toISOString(),
    model: 'gpt-4o-2024-08-06',
    requestedModel: 'gpt-4o',
    operation: 'chat',
    durationMs: 812,
    usage: { input: 176, cachedInput: 1024, output: 340 },
    ...overrides,
  };
}
