import type { FoldedCall } from './fold-retries.ts';
import { rememberIds } from './remember-ids.ts';

const MAX_BEGUN = 1_000;
const MAX_COUNTED = 10_000;

export type ResponseCounter<Scope> = {
  /** The call to be counted, if this is one. */
  count(call: FoldedCall<Scope>): FoldedCall<Scope> | undefined;
  /** Whether work with this id has begun and not ended. */
  awaits(id: string): boolean;
};

/**
 * Counts each response once by its id: work begun in the background counts when an answer tells its end, for whom it was
 * begun; looking at it again, or at any other response, costs nothing.
 */
export function createResponseCounter<Scope>(): ResponseCounter<Scope> {
  const begun = new Map<string, FoldedCall<Scope>>();
  const counted = rememberIds(MAX_COUNTED);

  function countRetrieved(call: FoldedCall<Scope>, id: string): FoldedCall<Scope> | undefined {
    const { reading } = call.outcome;
    const { resultsId } = reading;
    const origin = begun.get(id);
    if (counted.has(id) || reading.progress === 'unfinished' || (!origin && !reading.isBackground)) return undefined;
    // Neither an end nor a usage: the look-up itself broke off, or the results tell more.
    if (!reading.usage && reading.progress !== 'cancelled' && reading.errorCode === undefined) {
      if (resultsId !== undefined) keepBegun(begun, origin ?? call, resultsId);
      return undefined;
    }
    begun.delete(id);
    counted.add(id);
    return origin ? joined(origin, call) : call;
  }

  return {
    count(call) {
      const { operation } = call.attempt;
      const { responseId: id, progress } = call.outcome.reading;
      if (operation.isRetrieval) {
        const asked = id ?? operation.pathId;
        return asked === undefined ? undefined : countRetrieved(call, asked);
      }
      if (id === undefined || !(operation.operation === 'responses' || operation.kind === 'batch')) return call;
      if (progress === 'unfinished') {
        keepBegun(begun, call, id);
        return undefined;
      }
      counted.add(id);
      return call;
    },
    awaits: (id) => begun.has(id),
  };
}

/** The end of the work, told for the one who began it; the prompt of the beginning is all there is to estimate by. */
function joined<Scope>(first: FoldedCall<Scope>, { attempt, outcome }: FoldedCall<Scope>): FoldedCall<Scope> {
  const { request, operation, isCertain, startedAtMs, startedMs, endedMs } = attempt;
  const input = first.outcome.usage?.['input'];
  const isEstimated = !outcome.usage && input !== undefined;
  return {
    ...first,
    attempt: { request, operation, isCertain, startedAtMs, startedMs, endedMs, scope: first.attempt.scope, firstTokenMs: undefined },
    outcome: {
      ...outcome,
      // A file of results has an id of its own.
      reading: { ...outcome.reading, responseId: first.outcome.reading.responseId },
      requestedModel: first.outcome.requestedModel,
      ...(isEstimated && { usage: { input }, usageQuality: 'estimated' }),
    },
  };
}

/** The oldest goes first; the copy holds nothing of the answer's text. */
function keepBegun<Scope>(begun: Map<string, FoldedCall<Scope>>, call: FoldedCall<Scope>, id: string): void {
  const outcome = structuredClone(call.outcome);
  begun.set(id, { ...call, outcome });
  if (begun.size <= MAX_BEGUN) return;
  for (const oldest of begun.keys()) return void begun.delete(oldest);
}
