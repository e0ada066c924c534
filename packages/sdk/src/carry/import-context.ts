import { onlyInScope } from '../attribution/index.ts';
import { liveRuntime } from '../runtime.ts';
import { readContext } from './read-context.ts';

/**
 * Goes on where `exportContext` stopped: calls made inside `fn` are for the same customer and in the same run and section.
 * An empty or missing text changes nothing.
 *
 * @example new Worker('summarise', (job) => importContext(job.data.context, () => summarise(job.data.documentId)));
 */
export function importContext<T>(carried: string | null | undefined, fn: () => T): T {
  // Where the sender had nothing to say, or knows nothing of us.
  if (carried === '' || carried === undefined || carried === null) return fn();
  const scope = readContext(carried);
  if (scope) return onlyInScope(scope, fn);
  liveRuntime().engine?.fault('context_unreadable', 'importContext() was given something that exportContext() did not write');
  return fn();
}
