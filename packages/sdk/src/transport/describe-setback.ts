import type { RetryCause } from './judge-reply.ts';

const SENT_LATER = 'events are kept and sent later';

/** Says what keeps events from arriving, and what the reader can do. */
export function describeSetback(cause: RetryCause, detail: string): string {
  if (cause === 'quota_exceeded') return `the quota of the plan is used up: ${SENT_LATER}, as far as there is room`;
  if (cause === 'not_understood') return `no collector answers (${detail}), check collectorUrl: ${SENT_LATER}`;
  return `the collector ${cause === 'unavailable' ? 'takes no events' : 'cannot be reached'} (${detail}): ${SENT_LATER}`;
}
