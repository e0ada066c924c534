import { ApiError } from '../../api/index.ts';
import { Failure } from '../../components/index.ts';

export type QueryFailureProps = { readonly error: Error; readonly onRetry: () => void };

/** A read that failed, in the words of its answer. */
export function QueryFailure({ error, onRetry }: QueryFailureProps) {
  const failure = error instanceof ApiError ? error : undefined;
  return (
    <Failure
      title={titleOf(failure)}
      detail={failure?.message ?? 'The page could not show this answer. Everything else holds.'}
      requestId={failure?.requestId}
      onRetry={onRetry}
    />
  );
}

function titleOf(failure: ApiError | undefined): string {
  if (failure?.code === 'unreachable') return 'The collector does not answer';
  if (failure?.code === 'store_unavailable' || failure?.code === 'overloaded') return 'The database is busy';
  if (failure?.code === 'not_found') return 'Not found';
  if (failure?.code === 'invalid_query') return 'This address asks for something unknown';
  return 'This could not be read';
}
