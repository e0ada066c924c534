import type { CostQuality, LiveEvent, PricedEvent, Usage } from '@llmobserve/protocol';

import { readUsd } from '../../components/index.ts';

/** One call as the tables of calls show it, whether it was read or came in live. */
export type CallRow = {
  readonly id: string;
  readonly startedAtMs: number;
  readonly model: string;
  readonly provider: string;
  readonly operation: string | undefined;
  readonly customer: string | undefined;
  readonly section: string | undefined;
  readonly environment: string | undefined;
  readonly usage: Usage | undefined;
  readonly durationMs: number | undefined;
  readonly status: LiveEvent['status'];
  readonly cost: bigint;
  readonly quality: CostQuality;
};

/** A call that came in over the live feed. */
export function liveRow(event: LiveEvent): CallRow {
  return { ...factsOf(event), cost: readUsd(event.costUsd), quality: event.quality };
}

/** A call that was read from the ledger. */
export function pricedRow(event: PricedEvent): CallRow {
  return { ...factsOf(event), cost: readUsd(event.cost.usd), quality: event.cost.quality };
}

/** Puts live calls before those already read, each once. */
export function mergeCalls(live: readonly CallRow[], read: readonly CallRow[], limit: number): readonly CallRow[] {
  const seen = new Set(live.map((row) => row.id));
  return [...live, ...read.filter((row) => !seen.has(row.id))].slice(0, limit);
}

/** Why a call stands out, in words that say what to do; nothing when all is well. */
export function callReasons(row: CallRow): readonly string[] {
  return [
    ...(row.quality === 'unpriced' ? [`No rate is known for ${row.model}${row.model === row.provider ? '' : ` of ${row.provider}`}.`] : []),
    ...(row.quality === 'estimated' ? ['The provider sent no usage: we counted the tokens ourselves.'] : []),
    ...(row.customer === undefined ? ['No customer was named: wrap the request in withCustomer().'] : []),
    ...(row.status === 'error' ? ['The provider answered with an error.'] : []),
    ...(row.status === 'cancelled' ? ['Your app stopped reading before the end.'] : []),
  ];
}

function factsOf(event: LiveEvent | PricedEvent): Omit<CallRow, 'cost' | 'quality'> {
  return {
    id: event.id,
    startedAtMs: Date.parse(event.startedAt),
    model: event.model ?? event.requestedModel ?? event.provider,
    provider: event.provider,
    operation: event.operation,
    customer: event.customer,
    section: event.section,
    environment: event.environment,
    usage: event.usage,
    durationMs: event.durationMs,
    status: event.status,
  };
}
