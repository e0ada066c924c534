import { MODEL_KINDS, type CustomerRef, type EventError, type SentCostEvent, type Tags } from '@llmobserve/protocol';
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

/** An event about to be written as JSON, which leaves out what is undefined. */
export type EventToWrite = { readonly [member in keyof SentCostEvent]: SentCostEvent[member] | undefined };

/** Makes a captured call the event that is sent: who, what, how much, how long, how it ended. */
export function buildEvent(id: string, call: CapturedCall<Scope>, settings: EventSettings): EventToWrite {
  const { status, attempts, streamed, usage, usageQuality, reportedCostUsd } = call;
  return {
    id,
    kind: call.kind,
    provider: fitName(call.provider) ?? 'unknown',
    startedAt: new Date(call.startedAtMs).toISOString(),
    operation: fitName(call.operation),
    model: fitName(call.model),
    requestedModel: fitName(call.requestedModel) ?? nameOfUnnamed(call),
    durationMs: wholeMs(call.durationMs),
    firstTokenMs: wholeMs(call.firstTokenMs),
    status,
    error: call.error && fitError(call.error),
    attempts,
    responseId: fitName(call.responseId),
    streamed,
    usage,
    usageQuality,
    serviceTier: fitName(call.serviceTier),
    region: fitName(call.region),
    reportedCostUsd,
    ...readAttribution(id, call, settings),
  };
}

function readAttribution(id: string, call: CapturedCall<Scope>, settings: EventSettings): Partial<EventToWrite> {
  const { scope, attributes } = call;
  const customer = scope?.customer ?? settings.customer;
  const run = scope?.run;
  const traceId = scope?.traceId ?? run?.traceId;
  return {
    customer: customer?.id,
    user: customer?.user,
    session: customer?.session,
    tags: joinTags([settings.tags, customer?.tags, scope?.tags, call.tags]),
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
function joinTags(all: readonly (Tags | undefined)[]): Tags | undefined {
  let joined: Tags | undefined;
  for (const tags of all) joined = joined && tags ? { ...joined, ...tags } : (tags ?? joined);
  return joined;
}

/** A call that failed before anyone named a model is kept, listed under a name that has no price. */
function nameOfUnnamed({ kind, model }: CapturedCall<Scope>): string | undefined {
  return MODEL_KINDS.has(kind) && fitName(model) === undefined ? 'unknown' : undefined;
}

function fitError({ code, ...rest }: EventError): EventError {
  const fitted = fitName(code);
  return fitted === undefined ? rest : { ...rest, code: fitted };
}

function wholeMs(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.max(0, Math.round(ms));
}
