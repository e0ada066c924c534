import type { Usage } from '@llmobserve/protocol';
import { estimateInput } from './estimate-usage.ts';
import type { FoldedCall } from './fold-retries.ts';
import { viewRequest } from './view-request.ts';

const MAX_BEGUN = 1_000;
const MAX_COUNTED = 10_000;

type Begun<Scope> = { readonly call: FoldedCall<Scope>; readonly input: number | undefined };

/**
 * Counts each response once by its id: work begun in the background counts when an answer tells its end, for whom it was
 * begun; looking at it again, or at any other response, costs nothing.
 */
export function createResponseCounter<Scope>(): { count(call: FoldedCall<Scope>): FoldedCall<Scope> | undefined } {
  const begun = new Map<string, Begun<Scope>>();
  const counted = new Set<string>();

  function countRetrieved(call: FoldedCall<Scope>, id: string): FoldedCall<Scope> | undefined {
    const { reading } = call.outcome;
    const origin = begun.get(id);
    if (counted.has(id) || reading.progress === 'unfinished' || (!origin && !reading.isBackground)) return undefined;
    // Neither an end nor a usage: the look-up itself broke off.
    if (!reading.usage && reading.progress !== 'cancelled' && reading.errorCode === undefined) return undefined;
    begun.delete(id);
    remember(counted, id);
    return origin ? joined(origin, call) : call;
  }

  return {
    count(call) {
      const { outcome, record } = call;
      const id = outcome.reading.responseId;
      if (record.operation.isRetrieval) return id === undefined ? undefined : countRetrieved(call, id);
      if (id === undefined || record.operation.operation !== 'responses') return call;
      if (outcome.reading.progress === 'unfinished') {
        begun.set(id, { call, input: estimateInput(record.operation.reader, viewRequest(record.sent)) });
        trim(begun, MAX_BEGUN);
        return undefined;
      }
      remember(counted, id);
      return call;
    },
  };
}

/** The end of the work, told for the one who began it. */
function joined<Scope>({ call: first, input }: Begun<Scope>, last: FoldedCall<Scope>): FoldedCall<Scope> {
  const { record, outcome } = last;
  const estimate: Usage | undefined = outcome.usage || input === undefined ? undefined : { input };
  return {
    ...first,
    record: { ...record, scope: first.record.scope, firstTokenMs: undefined },
    outcome: {
      ...outcome,
      requestedModel: first.outcome.requestedModel,
      ...(estimate && { usage: estimate, usageQuality: 'estimated' }),
    },
  };
}

function remember(ids: Set<string>, id: string): void {
  ids.add(id);
  trim(ids, MAX_COUNTED);
}

/** The oldest goes first. */
function trim(kept: Set<string> | Map<string, unknown>, max: number): void {
  if (kept.size <= max) return;
  const oldest = kept.keys().next().value;
  if (oldest !== undefined) kept.delete(oldest);
}
