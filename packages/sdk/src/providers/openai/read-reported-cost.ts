import { isJsonRecord } from '@llmobserve/protocol';
import { quantityIn } from '../read-value.ts';

/** OpenRouter puts its bill into the usage; Perplexity an object of parts, whose total it is. */
export function readReportedCost(usage: unknown): string | undefined {
  if (!isJsonRecord(usage)) return undefined;
  const parts = usage['cost'];
  const cost = isJsonRecord(parts) ? quantityIn(parts, 'total_cost') : quantityIn(usage, 'cost');
  return cost === undefined ? undefined : decimalOf(cost);
}

/** The shortest decimal without an exponent; digits below a pico-dollar are not money. */
function decimalOf(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(12) : text;
}
