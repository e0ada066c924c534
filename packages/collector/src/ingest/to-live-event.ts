import { formatUsd, type LiveEvent } from '@llmobserve/protocol';

import type { LedgerEntry } from '../store/index.ts';

/** What the live page shows of an event that was just committed. */
export function toLiveEvent({ event, environment, costPicoUsd, costQuality }: LedgerEntry): LiveEvent {
  const { id, kind, provider, startedAt, status } = event;
  const { model, requestedModel, operation, durationMs, customer, section, usage } = event;
  return {
    id,
    kind,
    provider,
    startedAt,
    status,
    ...(model !== undefined && { model }),
    ...(requestedModel !== undefined && { requestedModel }),
    ...(operation !== undefined && { operation }),
    ...(durationMs !== undefined && { durationMs }),
    ...(customer !== undefined && { customer }),
    ...(section !== undefined && { section }),
    ...(environment !== undefined && { environment }),
    ...(usage !== undefined && { usage }),
    costUsd: formatUsd(costPicoUsd),
    quality: costQuality,
  };
}
