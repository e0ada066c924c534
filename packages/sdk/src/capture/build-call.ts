import type { CapturedCall } from './captured-call.ts';
import type { FoldedCall } from './fold-retries.ts';

/** Writes down one logical call. */
export function buildCall<Scope>({ attempt, outcome, attempts, startedAtMs, startedMs }: FoldedCall<Scope>): CapturedCall<Scope> {
  const { operation, firstTokenMs } = attempt;
  const { reading } = outcome;
  const responseId = reading.responseId ?? (operation.isRetrieval ? operation.pathId : undefined);
  return {
    kind: operation.kind,
    provider: operation.provider,
    operation: operation.operation,
    model: reading.model,
    requestedModel: outcome.requestedModel,
    startedAtMs,
    durationMs: Math.max(0, Math.round(attempt.endedMs - startedMs)),
    firstTokenMs: firstTokenMs === undefined ? undefined : Math.max(0, Math.round(firstTokenMs - startedMs)),
    status: outcome.status,
    error: outcome.error,
    attempts,
    responseId,
    jobId: operation.isRetrieval && responseId !== undefined ? `${operation.provider} ${responseId}` : undefined,
    streamed: outcome.isStream,
    usage: outcome.usage,
    usageQuality: outcome.usageQuality,
    serviceTier: reading.serviceTier,
    reportedCostUsd: reading.reportedCostUsd,
    region: operation.region ?? reading.region,
    attributes: reading.attributes ? { ...operation.attributes, ...reading.attributes } : operation.attributes,
    scope: attempt.scope,
  };
}
