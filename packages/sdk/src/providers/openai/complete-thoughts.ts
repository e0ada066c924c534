import type { Reading, Seen } from '../provider.ts';
import { findLastObject } from '../read-members.ts';
import { valueAt } from '../read-quantities.ts';

/** Adds what Gemini thought, which in OpenAI's form nothing but the total includes (2026-08). */
export function completeThoughts(reading: Reading, { tail }: Seen): Reading {
  const total = valueAt(findLastObject(tail, 'usage'), ['total_tokens']);
  const { usage } = reading;
  const told = Object.values(usage ?? {}).reduce((sum, quantity) => sum + quantity, 0);
  const thought = typeof total === 'number' ? total - told : 0;
  return usage && thought > 0 ? { ...reading, usage: { ...usage, reasoning: (usage.reasoning ?? 0) + thought } } : reading;
}
