import type { EventProblem } from './event-reader.ts';

export const MAX_EVENT_DEPTH = 32;
export const MAX_EVENT_KEYS = 256;

/** Finds an event that is nested too deep or has too many keys below its own members. */
export function measureEvent(event: { readonly [key: string]: unknown }): EventProblem | undefined {
  const measure = { keys: 0, isTooDeep: false };
  for (const member of Object.values(event)) walk(member, 1, measure);
  if (measure.isTooDeep) return { code: 'too_deep', path: '', detail: `the event is nested deeper than ${MAX_EVENT_DEPTH} levels` };
  if (measure.keys > MAX_EVENT_KEYS) return { code: 'too_large', path: '', detail: `the event has more than ${MAX_EVENT_KEYS} keys` };
  return undefined;
}

function walk(value: unknown, depth: number, measure: { keys: number; isTooDeep: boolean }): void {
  if (typeof value !== 'object' || value === null || measure.isTooDeep) return;
  if (depth > MAX_EVENT_DEPTH) {
    measure.isTooDeep = true;
    return;
  }
  const members = Array.isArray(value) ? value : Object.values(value);
  if (!Array.isArray(value)) measure.keys += members.length;
  for (const member of members) walk(member, depth + 1, measure);
}
