import { liveRuntime } from './runtime.ts';

/**
 * Flushes (default: at most 2 seconds), counts the rest as lost and stops capturing, until `init` starts it again.
 *
 * @example await shutdown();
 */
export async function shutdown(timeoutMs?: number): Promise<void> {
  await liveRuntime().engine?.shutdown(timeoutMs);
}
