import type { RetryCause } from './judge-reply.ts';

const SAYINGS: Readonly<Record<RetryCause, string>> = {
  quota_exceeded: 'the quota of the plan is used up',
  not_understood: 'no collector answers, check collectorUrl',
  unavailable: 'the collector takes no events',
  unreachable: 'the collector cannot be reached',
  stale_connection: 'the collector cannot be reached',
};

/** Says what keeps events from arriving, and what the reader can do. */
export function describeSetback(cause: RetryCause, detail: string): string {
  return `${SAYINGS[cause]} (${detail}): events are kept and sent later`;
}
