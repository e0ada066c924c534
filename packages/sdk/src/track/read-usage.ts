import { isJsonRecord, isTokenKey, MAX_QUANTITY, type Usage } from '@llmobserve/protocol';
import { fitName } from '../fit-name.ts';

/**
 * Reads quantities as the collector takes them, each once: what the app passed may be of a class and say something else next time.
 *
 * @returns `undefined` when one of them is no quantity.
 */
export function readUsage(value: unknown): Usage | undefined {
  if (!isJsonRecord(value)) return undefined;
  // Null is what a database says of what it has not.
  const quantities = Object.entries(value).filter(([, quantity]) => (quantity ?? undefined) !== undefined);
  return quantities.every(isQuantity) ? Object.fromEntries(quantities) : undefined;
}

function isQuantity(entry: readonly [string, unknown]): entry is [string, number] {
  const [key, quantity] = entry;
  if (typeof quantity !== 'number' || fitName(key) !== key) return false;
  return quantity >= 0 && quantity <= MAX_QUANTITY && (Number.isInteger(quantity) || !isTokenKey(key));
}
