import { MAX_NAME_LENGTH } from '@llmobserve/protocol';

/** Every sign that no identifier may hold. */
const CONTROL_CHARACTERS = /\p{Cc}/gu;
/** By code points the bound is at most twice as many units; what comes after them is not looked at. */
const MAX_UNITS = 2 * MAX_NAME_LENGTH;

/**
 * Makes any value of the app's a name the collector takes, so that no event is lost for its name.
 *
 * @returns `undefined` when there is nothing to name: no text and no number, or an empty text.
 */
export function fitName(value: unknown): string | undefined {
  const text = readText(value)?.slice(0, MAX_UNITS).replace(CONTROL_CHARACTERS, '_');
  if (!text || text.length <= MAX_NAME_LENGTH) return text || undefined;
  // So that no surrogate pair is cut in two.
  return Array.from(text).slice(0, MAX_NAME_LENGTH).join('');
}

/** Untyped callers hand over numbers where ids are meant. */
function readText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return Number.isFinite(value) || typeof value === 'bigint' ? String(value) : undefined;
}
