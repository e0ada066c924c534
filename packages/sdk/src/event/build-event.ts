import { MODEL_KINDS, type CustomerRef, type SentCostEvent } from '@llmobserve/protocol';
import type { CapturedCall } from '../capture/index.ts';
import { fitName } from '../fit-name.ts';
import type { Scope } from '../runtime.ts';

export type EventSettings = { readonly customer?: CustomerRef; readonly environment?: string; readonly release?: string };

/** The wire's digits of a span id. */
const SPAN_ID_LENGTH = 16;

/** Makes a captured call the event that is sent: who, what, how much, how long, how it ended. */
export function buildEvent(id: string, call: CapturedCall<Scope>, settings: EventSettings): SentCostEvent {
  return {
    id,
    kind: call.kind,
    provider: fitName(call.provider) ?? 'unknown',
    startedAt: new Date(call.startedAtMs).toISOString(),
    ...readCall(call),
    ...readModels(call),
    ...readOutcome(call),
    ...readScope(id, call, settings),
  };
}

function readCall(call: CapturedCall<Scope>): Partial<SentCostEvent> {
  return {
    ...name('operation', call.operation),
    durationMs: Math.max(0, Math.round(call.durationMs)),
    ...(call.firstTokenMs === undefined ? {} : { firstTokenMs: Math.max(0, Math.round(call.firstTokenMs)) }),
    attempts: call.attempts,
    ...name('responseId', call.responseId),
    streamed: call.streamed,
    ...name('serviceTier', call.serviceTier),
    ...name('region', call.region),
    ...(call.reportedCostUsd === undefined ? {} : { reportedCostUsd: call.reportedCostUsd }),
  };
}

/** A call that failed before anyone named a model is kept, listed under a name that has no price. */
function readModels(call: CapturedCall<Scope>): Partial<SentCostEvent> {
  const models = { ...name('model', call.model), ...name('requestedModel', call.requestedModel) };
  const isNamed = models.model !== undefined || models.requestedModel !== undefined;
  return isNamed || !MODEL_KINDS.has(call.kind) ? models : { requestedModel: 'unknown' };
}

function readOutcome(call: CapturedCall<Scope>): Partial<SentCostEvent> {
  return {
    status: call.status,
    ...(call.error === undefined ? {} : { error: readError(call.error) }),
    ...(call.usage === undefined ? {} : { usage: call.usage }),
    usageQuality: call.usageQuality,
  };
}

function readError(error: { readonly code?: string; readonly httpStatus?: number }): { code?: string; httpStatus?: number } {
  return { ...name('code', error.code), ...(error.httpStatus === undefined ? {} : { httpStatus: error.httpStatus }) };
}

function readScope(id: string, call: CapturedCall<Scope>, settings: EventSettings): Partial<SentCostEvent> {
  const customer = call.scope?.customer ?? settings.customer;
  const run = call.scope?.run;
  const attributes = run?.runId === undefined ? call.attributes : { ...call.attributes, runId: run.runId };
  return {
    ...(customer === undefined ? {} : { customer: customer.id }),
    ...(customer?.user === undefined ? {} : { user: customer.user }),
    ...(customer?.session === undefined ? {} : { session: customer.session }),
    // The last digits of an event id are this process and its counter: a span's name without another number.
    ...(run === undefined ? {} : { run: run.name, traceId: run.traceId, spanId: id.replaceAll('-', '').slice(-SPAN_ID_LENGTH) }),
    ...(call.scope?.section === undefined ? {} : { section: call.scope.section }),
    ...name('environment', settings.environment),
    ...name('release', settings.release),
    ...(customer?.tags === undefined ? {} : { tags: customer.tags }),
    ...(attributes === undefined ? {} : { attributes }),
  };
}

/** One member, left out when there is nothing to name. */
function name<K extends string>(key: K, value: string | undefined): { readonly [member in K]?: string } {
  const fitted = value === undefined ? undefined : fitName(value);
  // Safe because a computed key of a literal type is that member.
  return fitted === undefined ? {} : ({ [key]: fitted } as { readonly [member in K]?: string });
}
