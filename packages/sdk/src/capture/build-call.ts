import type { CapturedCall } from './captured-call.ts';
import type { FoldedCall } from './fold-retries.ts';

/** Writes down one logical call; what is unknown is absent. */
export function buildCall<Scope>({ record, outcome, attempts, startedAtMs, startedMs }: FoldedCall<Scope>): CapturedCall<Scope> {
  const { operation, firstTokenMs } = record;
  const { reading, requestedModel, error, usage } = outcome;
  return {
    kind: operation.kind,
    provider: operation.provider,
    operation: operation.operation,
    startedAtMs,
    durationMs: Math.max(0, Math.round(record.endedMs - startedMs)),
    status: outcome.status,
    attempts,
    streamed: outcome.isStream,
    usageQuality: outcome.usageQuality,
    scope: record.scope,
    ...(reading.model !== undefined && { model: reading.model }),
    ...(requestedModel !== undefined && { requestedModel }),
    ...(firstTokenMs !== undefined && { firstTokenMs: Math.max(0, Math.round(firstTokenMs - startedMs)) }),
    ...(error && { error }),
    ...(reading.responseId !== undefined && { responseId: reading.responseId }),
    ...(usage && { usage }),
    ...(reading.serviceTier !== undefined && { serviceTier: reading.serviceTier }),
    ...(reading.reportedCostUsd !== undefined && { reportedCostUsd: reading.reportedCostUsd }),
    ...(operation.attributes && { attributes: operation.attributes }),
  };
}
