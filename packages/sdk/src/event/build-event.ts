import { MODEL_KINDS, type CustomerRef, type EventKind, type SentCostEvent, type Tags } from '@llmobserve/protocol';
import type { CapturedCall } from '../capture/index.ts';
import { fitName } from '../fit-name.ts';
import type { Scope } from '../runtime.ts';
import { spanIdOf } from '../span-id-of.ts';

/** Names that fit, as read from the settings. */
export type EventSettings = {
  readonly customer: CustomerRef | undefined;
  readonly environment: string | undefined;
  readonly release: string | undefined;
  readonly tags: Tags | undefined;
};

type Plain = Omit<SentCostEvent, 'error'>;

/** An event about to be written as JSON, which leaves out what is undefined. */
export type EventToWrite = { readonly [member in keyof Plain]: Plain[member] | undefined } & {
  readonly error: { readonly code: string | undefined; readonly httpStatus?: number | undefined } | undefined;
};

/** Makes a captured call the event that is sent: who, what, how much, how long, how it ended. */
export function buildEvent(id: string, call: CapturedCall<Scope>, settings: EventSettings): EventToWrite {
  const { scope, error, attributes, kind } = call;
  const customer = scope?.customer ?? settings.customer;
  const run = scope?.run;
  const traceId = scope?.traceId ?? run?.traceId;
  const model = fitName(call.model);
  // One literal: an object put together of several is slow to make and slow to write.
  return {
    id,
    kind,
    provider: fitName(call.provider) ?? 'unknown',
    startedAt: new Date(call.startedAtMs).toISOString(),
    operation: fitName(call.operation),
    model,
    requestedModel: fitName(call.requestedModel) ?? nameOfUnnamed(kind, model),
    durationMs: wholeMs(call.durationMs),
    firstTokenMs: wholeMs(call.firstTokenMs),
    status: call.status,
    error: error && { ...error, code: fitName(error.code) },
    attempts: call.attempts,
    responseId: fitName(call.responseId),
    streamed: call.streamed,
    usage: call.usage,
    usageQuality: call.usageQuality,
    serviceTier: fitName(call.serviceTier),
    region: fitName(call.region),
    reportedCostUsd: call.reportedCostUsd,
    customer: customer?.id,
    user: customer?.user,
    session: customer?.session,
    tags: joinTags(joinTags(settings.tags, customer?.tags), joinTags(scope?.tags, call.tags)),
    run: run?.name,
    traceId,
    spanId: traceId === undefined ? undefined : spanIdOf(id),
    parentSpanId: scope?.spanId,
    section: scope?.section,
    environment: settings.environment,
    release: settings.release,
    attributes: run?.runId === undefined ? attributes : { ...attributes, runId: run.runId },
  };
}

/** The nearer wins. */
function joinTags(outer: Tags | undefined, nearer: Tags | undefined): Tags | undefined {
  return outer && nearer ? { ...outer, ...nearer } : (nearer ?? outer);
}

/** A call that failed before anyone named a model is kept, listed under a name that has no price. */
function nameOfUnnamed(kind: EventKind, model: string | undefined): string | undefined {
  return model === undefined && MODEL_KINDS.has(kind) ? 'unknown' : undefined;
}

function wholeMs(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.max(0, Math.round(ms));
}
