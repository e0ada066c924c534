import { InvalidBatchError, OverloadedError, StoreUnavailableError } from '../failures.ts';
import { ProblemError } from '../services/index.ts';
import { BATCH_LIMITS } from './batch-limits.ts';

const MAX_CAUSES = 8;
const STATEMENT_CANCELLED = '57014';

/** Tells which answer an error deserves; what nobody meant is `internal`. */
export function problemOf(error: unknown): ProblemError {
  const causes = causesOf(error);
  // Before all else, because the store calls a statement that ran out of its time a failure of its own.
  if (causes.some(isTimeout)) {
    return new ProblemError('overloaded', 'This question took too long. Ask for a shorter range or fewer groups.', {
      retryAfterSeconds: 1,
    });
  }
  for (const cause of causes) {
    const known = knownProblem(cause);
    if (known) return known;
  }
  return new ProblemError('internal', 'Something went wrong on our side. Quote the request id when you ask about it.', { cause: error });
}

function causesOf(error: unknown): readonly Error[] {
  const causes: Error[] = [];
  let current = error;
  while (current instanceof Error && causes.length < MAX_CAUSES) {
    causes.push(current);
    current = current.cause;
  }
  return causes;
}

function isTimeout(error: Error): boolean {
  return 'code' in error && error.code === STATEMENT_CANCELLED;
}

function knownProblem(error: Error): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  if (error instanceof InvalidBatchError) {
    const extra = error.code === 'too_many_events' ? { limits: BATCH_LIMITS } : {};
    return new ProblemError(error.code, error.message, { cause: error, extra });
  }
  const { retryAfterSeconds } = error instanceof OverloadedError || error instanceof StoreUnavailableError ? error : {};
  if (retryAfterSeconds === undefined) return undefined;
  if (error instanceof OverloadedError) {
    return new ProblemError('overloaded', 'More waits to be stored than we can take. Nothing was kept; send it again.', {
      retryAfterSeconds,
    });
  }
  return new ProblemError('store_unavailable', 'The store cannot be reached right now. Nothing was kept; send it again.', {
    retryAfterSeconds,
  });
}
