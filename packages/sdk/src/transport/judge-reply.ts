import { isJsonRecord, type JsonRecord } from '@llmobserve/protocol';
import { readRetryAfterMs } from './read-retry-after.ts';
import { readBatchAnswer } from './read-batch-answer.ts';

/** What came back for a batch, or why nothing did. */
export type Reply =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfter: string | undefined; readonly body: string }
  | { readonly kind: 'failure'; readonly reason: string; readonly isStaleConnection: boolean };

export type RetryCause = 'unreachable' | 'unavailable' | 'quota_exceeded' | 'not_understood' | 'stale_connection';

/** What an answer means for the events of the batch. */
export type Verdict =
  /** Each event has its answer. */
  | { readonly kind: 'settled'; readonly arrived: number; readonly refusals: readonly JsonRecord[] }
  /** One of the events, or their sum, is refused: try with fewer. */
  | { readonly kind: 'split' }
  /** The key is refused: nothing more is sent with it. */
  | { readonly kind: 'stop'; readonly status: number }
  | { readonly kind: 'retry'; readonly cause: RetryCause; readonly detail: string; readonly retryAfterMs: number | undefined };

/** Decides what an answer means; only the contract's own body acknowledges anything. */
export function judgeReply(reply: Reply, sentCount: number, nowMs: number): Verdict {
  if (reply.kind === 'failure') {
    return {
      kind: 'retry',
      cause: reply.isStaleConnection ? 'stale_connection' : 'unreachable',
      detail: reply.reason,
      retryAfterMs: undefined,
    };
  }
  const { status } = reply;
  const body = parseJson(reply.body);
  const answer = [200, 400, 422].includes(status) ? readBatchAnswer(body, sentCount) : undefined;
  if (answer) return { kind: 'settled', ...answer };
  // A gateway's own page blames neither event nor key; but it may have its own idea of how long a body may be.
  const isCollector = isJsonRecord(body);
  if (status === 413 || (isCollector && [400, 422].includes(status))) return { kind: 'split' };
  if (status === 401 || (isCollector && status === 403)) return { kind: 'stop', status };
  const cause = causeOf(status, body);
  return { kind: 'retry', cause, detail: `status ${status}`, retryAfterMs: readRetryAfterMs(reply.retryAfter, { cause, nowMs }) };
}

function causeOf(status: number, body: unknown): RetryCause {
  if (status === 429) return isJsonRecord(body) && body['code'] === 'quota_exceeded' ? 'quota_exceeded' : 'unavailable';
  return status >= 500 || status === 408 ? 'unavailable' : 'not_understood';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
