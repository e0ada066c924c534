import type { Batch, SentCostEvent } from '@llmobserve/protocol';
import { makeEvent } from './make-event.ts';

/**
 * Makes a batch of the given events, or of as many new ones as the number says.
 *
 * @example makeBatch(3, { customers: [{ id: 'acme', name: 'Acme' }] })
 */
export function makeBatch(events: readonly SentCostEvent[] | number = 1, overrides: Partial<Batch> = {}): Batch {
  const list = typeof events === 'number' ? Array.from({ length: events }, () => makeEvent()) : events;
  return { events: list, ...overrides };
}
