import type { CostEvent, Usage } from '@llmobserve/protocol';

const TOKEN_COUNTS = new Set(['countTokens', 'count_tokens', 'token_count']);
const LISTINGS = new Set(['list', 'models', 'models.list', 'list_models', 'stats']);

/** True for calls no provider bills: failures without usage, token counts, and listings that report no units. */
export function isFreeCall(event: CostEvent): boolean {
  if (event.operation !== undefined && TOKEN_COUNTS.has(event.operation)) return true;
  const isUnbilledWithoutUsage = event.status === 'error' || (event.operation !== undefined && LISTINGS.has(event.operation));
  return isUnbilledWithoutUsage && !hasQuantity(event.usage);
}

function hasQuantity(usage: Usage | undefined): boolean {
  for (const key in usage) if (usage[key] !== 0) return true;
  return false;
}
