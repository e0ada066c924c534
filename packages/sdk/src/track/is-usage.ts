import { isJsonRecord, isTokenKey, MAX_QUANTITY, type Usage } from '@llmobserve/protocol';
import { fitName } from '../fit-name.ts';

/** True for quantities as the collector takes them. */
export function isUsage(value: unknown): value is Usage {
  return isJsonRecord(value) && Object.entries(value).every(([key, quantity]) => fitName(key) === key && isQuantity(quantity, key));
}

/** What is undefined is absent. */
function isQuantity(value: unknown, key: string): boolean {
  if (typeof value !== 'number') return value === undefined;
  return value >= 0 && value <= MAX_QUANTITY && (Number.isInteger(value) || !isTokenKey(key));
}
