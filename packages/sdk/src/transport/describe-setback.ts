import type { RetryCause } from './judge-reply.ts';

/** Says what keeps events from arriving, and what the reader can do. */
export function describeSetback(cause: RetryCause, detail: string): string {
  switch (cause) {
    case 'unreachable':
    case 'stale_connection':
      return `the collector cannot be reached (${detail}): events are kept and sent later`;
    case 'unavailable':
      return `the collector takes no events just now (${detail}): they are kept and sent later`;
    case 'quota_exceeded':
      return 'the quota of the plan is used up: events are kept while there is room, and sent when it opens again';
    case 'not_understood':
      return `the answer is not a collector's (${detail}): check collectorUrl. Events are kept and sent again`;
  }
}
