import type { JsonRecord } from '@llmobserve/protocol';
import { createBoundedMap, jsonAnswer, listOf, originOf, recordOf, type Answer, type ReadRequest } from '../providers/index.ts';
import { refuse } from './refuse.ts';

export type MessageBatchesDeps = {
  /** How often a batch is looked at before it has ended. */
  readonly looksUntilEnded: number;
  writeMessage(members: JsonRecord): JsonRecord;
};

/** Message batches: created, looked at until they have ended, and their results read as often as one likes. */
export function createMessageBatches(deps: MessageBatchesDeps): (request: ReadRequest) => Answer {
  const batches = createBoundedMap<{ looks: number; readonly requests: readonly JsonRecord[] }>();
  let count = 0;
  return (request) => {
    const { method, path, members } = request;
    const [, id, verb] = /\/messages\/batches(?:\/([^/]+))?(\/results|\/cancel)?$/.exec(path) ?? [];
    const url = originOf(request);
    if (id === undefined && method === 'POST') {
      count += 1;
      const newId = `msgbatch_${count}`;
      const requests = listOf(members['requests']).map(recordOf);
      batches.set(newId, { looks: 0, requests });
      return jsonAnswer(200, describe({ id: newId, url, count: requests.length, hasEnded: false }));
    }
    const batch = batches.get(id ?? '');
    if (!batch || id === undefined) return refuse(404);
    if (verb === '/results') return resultsOf(deps, batch.requests);
    batch.looks += 1;
    return jsonAnswer(200, describe({ id, url, count: batch.requests.length, hasEnded: batch.looks > deps.looksUntilEnded }));
  };
}

type Described = { readonly id: string; readonly url: string; readonly count: number; readonly hasEnded: boolean };

function describe({ id, url, count, hasEnded }: Described): JsonRecord {
  return {
    id,
    type: 'message_batch',
    processing_status: hasEnded ? 'ended' : 'in_progress',
    request_counts: { processing: hasEnded ? 0 : count, succeeded: hasEnded ? count : 0, errored: 0, canceled: 0, expired: 0 },
    created_at: '2026-11-20T09:00:00Z',
    expires_at: '2026-11-21T09:00:00Z',
    ended_at: hasEnded ? '2026-11-20T09:05:00Z' : null,
    archived_at: null,
    cancel_initiated_at: null,
    results_url: hasEnded ? `${url}/v1/messages/batches/${id}/results` : null,
  };
}

/** One JSON object a line; a request named `fails` has an error in the place of its message. */
function resultsOf({ writeMessage }: MessageBatchesDeps, requests: readonly JsonRecord[]): Answer {
  const lines = requests.map(({ custom_id, params }) => {
    const error = { type: 'error', error: { type: 'invalid_request_error', message: 'The request is not valid.' } };
    const result = custom_id === 'fails' ? { type: 'errored', error } : { type: 'succeeded', message: writeMessage(recordOf(params)) };
    return `${JSON.stringify({ custom_id, result })}\n`;
  });
  return { status: 200, headers: { 'content-type': 'application/x-jsonl' }, pieces: lines };
}
