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
  // Empty where the sender had nothing to say, missing where it knows nothing of us.
  const scope = carried && readContext(carried);
  if (scope) return onlyInScope(scope, fn);
  if (carried) liveRuntime().engine?.fault('context_unreadable', 'importContext() got what exportContext() did not write');
  return fn();
}
