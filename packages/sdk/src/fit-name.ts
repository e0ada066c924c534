import { MAX_NAME_LENGTH } from '@llmobserve/protocol';

/** Every sign that no identifier may hold. */
const CONTROL_CHARACTERS = /\p{Cc}/gu;

/**
 * Makes any value of the app's a name the collector takes, so that no event is lost for its name.
 *
 * @returns `undefined` when there is nothing to name: no text and no number, or an empty text.
 */
export function fitName(value: unknown): string | undefined {
  const text = readText(value)?.replace(CONTROL_CHARACTERS, '_');
  if (!text || text.length <= MAX_NAME_LENGTH) return text || undefined;
  // By code points, so that no surrogate pair is cut in two; twice the bound in units always holds enough of them.
  return Array.from(text.slice(0, 2 * MAX_NAME_LENGTH))
    .slice(0, MAX_NAME_LENGTH)
    .join('');
}

/** Untyped callers hand over numbers where ids are meant. */
function readText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return Number.isFinite(value) || typeof value === 'bigint' ? String(value) : undefined;
}
