import { liveRuntime, type Stats } from './runtime.ts';

/**
 * Says what became of every captured call: captured = sent + queued + the sum of lost, at any moment.
 *
 * @example const { captured, sent, queued, lost } = stats();
 */
export function stats(): Stats {
  return liveRuntime().engine?.stats() ?? { captured: 0, sent: 0, queued: 0, lost: {} };
}
