import { liveRuntime } from '../runtime.ts';
import { writeContext } from './write-context.ts';

/**
 * Writes down whom the running work is for, and where in its run it stands, to go with a job or a message.
 *
 * @example await queue.add('summarise', { documentId, context: exportContext() });
 */
export function exportContext(): string {
  const { scopes, engine } = liveRuntime();
  return writeContext(scopes.getStore(), () => engine?.fault('context_cut', 'a context was too long to carry: it lost tags or names'));
}
