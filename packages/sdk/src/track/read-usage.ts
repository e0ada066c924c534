import { isJsonRecord, isTokenKey, MAX_QUANTITY, type Usage, type UsageQuality } from '@llmobserve/protocol';
import { fitName } from '../fit-name.ts';

export type ReadUsage = { readonly usage?: Usage; readonly usageQuality: UsageQuality };

/** An event may hold 256 keys in all. */
const MAX_QUANTITIES = 100;

/** Reads quantities as the collector would; one that is none makes the whole call wrong. */
export function readUsage(value: unknown): ReadUsage | { readonly problem: string } {
  if (value === undefined || value === null) return { usageQuality: 'unknown' };
  if (!isJsonRecord(value)) return { problem: 'usage is no object' };
  const given = Object.entries(value).filter(([, quantity]) => quantity !== undefined && quantity !== null);
  if (given.length > MAX_QUANTITIES) return { problem: `usage has more than ${MAX_QUANTITIES} quantities` };
  const usage: Record<string, number> = {};
  for (const [key, quantity] of given) {
    if (fitName(key) !== key || !isQuantity(quantity) || (isTokenKey(key) && !Number.isInteger(quantity))) {
      return { problem: `usage.${fitName(key)} is no ${isTokenKey(key) ? 'whole number' : 'number'} from 0 to ${MAX_QUANTITY}` };
    }
    usage[key] = quantity;
  }
  return { usage, usageQuality: 'reported' };
}

function isQuantity(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= MAX_QUANTITY;
}
