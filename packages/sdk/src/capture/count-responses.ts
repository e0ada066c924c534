import { type FoldedCall, withoutBytes } from './fold-retries.ts';

const MAX_BEGUN = 1_000;
const MAX_COUNTED = 10_000;

/**
 * Counts each response once by its id: work begun in the background counts when an answer tells its end, for whom it was
 * begun; looking at it again, or at any other response, costs nothing.
 */
export function createResponseCounter<Scope>(): { count(call: FoldedCall<Scope>): FoldedCall<Scope> | undefined } {
  const begun = new Map<string, FoldedCall<Scope>>();
  const counted = new Map<string, true>();

  function countRetrieved(call: FoldedCall<Scope>, id: string): FoldedCall<Scope> | undefined {
    const { reading } = call.outcome;
    const origin = begun.get(id);
    if (counted.has(id) || reading.progress === 'unfinished' || (!origin && !reading.isBackground)) return undefined;
    // Neither an end nor a usage: the look-up itself broke off.
    if (!reading.usage && reading.progress !== 'cancelled' && reading.errorCode === undefined) return undefined;
    begun.delete(id);
    counted.set(id, true);
    trim(counted, MAX_COUNTED);
    return origin ? joined(origin, call) : call;
  }

  return {
    count(call) {
      const { operation } = call.attempt;
      const { responseId: id, progress } = call.outcome.reading;
      if (operation.isRetrieval) return id === undefined ? undefined : countRetrieved(call, id);
      if (id === undefined || operation.operation !== 'responses') return call;
      if (progress === 'unfinished') {
        begun.set(id, withoutBytes(call));
        trim(begun, MAX_BEGUN);
        return undefined;
      }
      counted.set(id, true);
      trim(counted, MAX_COUNTED);
      return call;
    },
  };
}

/** The end of the work, told for the one who began it; the prompt of the beginning is all there is to estimate by. */
function joined<Scope>(first: FoldedCall<Scope>, { attempt, outcome }: FoldedCall<Scope>): FoldedCall<Scope> {
  const input = first.outcome.usage?.['input'];
  const isEstimated = !outcome.usage && input !== undefined;
  return {
    ...first,
    attempt: { ...attempt, scope: first.attempt.scope, firstTokenMs: undefined },
    outcome: {
      ...outcome,
      requestedModel: first.outcome.requestedModel,
      ...(isEstimated && { usage: { input }, usageQuality: 'estimated' }),
    },
  };
}

/** The oldest goes first. */
function trim(kept: Map<string, unknown>, max: number): void {
  if (kept.size <= max) return;
  for (const oldest of kept.keys()) return void kept.delete(oldest);
}
