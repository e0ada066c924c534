import { liveRuntime } from './runtime.ts';

/**
 * Waits until everything captured so far, calls in flight included, has arrived or is counted as lost.
 *
 * @returns `true` when it has, `false` when the time (default 5 seconds) was over first; nothing is thrown away then.
 * @example await flush(2000);
 */
export async function flush(timeoutMs?: number): Promise<boolean> {
  return (await liveRuntime().engine?.flush(timeoutMs)) ?? true;
}
