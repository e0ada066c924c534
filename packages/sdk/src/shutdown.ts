import { liveRuntime } from './runtime.ts';

/**
 * Flushes (default: at most 2 seconds), leaves the rest to the next process, or counts it as lost where nothing may be kept,
 * and stops capturing, until `init` starts it again.
 *
 * @example await shutdown();
 */
export async function shutdown(timeoutMs?: number): Promise<void> {
  await liveRuntime().engine?.shutdown(timeoutMs);
}
