import type { Timers } from '../timers.ts';
import type { HttpPost, Reply } from '../transport/index.ts';
import type { Host } from './find-host.ts';

export type FetchPostDeps = { readonly userAgent: string; readonly timers: Timers; readonly host: Pick<Host, 'keepAlive'> };

/** A collector that answers later than this has lost the batch or the connection. */
const ANSWER_TIMEOUT_MS = 10_000;
/** A thousand rejections fit; what is longer is not ours. */
const MAX_REPLY_BYTES = 1_000_000;
const HEADER_SAFE_KEY = /^[\u0021-\u007e]+$/;
const NOTHING: readonly Uint8Array[] = [];
/** Taken before anybody stands before it. */
const { fetch } = globalThis;

/** Makes the hand that posts where there are no sockets of Node's: fetch, and gzip by the runtime. */
export function createFetchPost({ userAgent, timers, host }: FetchPostDeps): HttpPost {
  let attempt: AbortController | undefined;

  async function send(batchText: string, { url, apiKey }: Parameters<HttpPost['post']>[1], signal: AbortSignal): Promise<Reply> {
    const headers = {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      authorization: `Bearer ${apiKey}`,
      'user-agent': userAgent,
    };
    const body = await gzip(batchText);
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    const retryAfter = response.headers.get('retry-after') ?? undefined;
    return { kind: 'answer', status: response.status, retryAfter, body: await readReply(response) };
  }

  async function post(...[batchText, target]: Parameters<HttpPost['post']>): Promise<Reply> {
    // Such a key could not even travel; its answer is known.
    if (!HEADER_SAFE_KEY.test(target.apiKey)) return { kind: 'answer', status: 401, retryAfter: undefined, body: '' };
    const release = host.keepAlive();
    const current = new AbortController();
    attempt = current;
    const timer = timers.setTimer(() => current.abort(new Error(`no answer within ${ANSWER_TIMEOUT_MS} ms`)), ANSWER_TIMEOUT_MS);
    try {
      return await send(batchText, target, current.signal);
    } catch (error) {
      const reason: unknown = current.signal.aborted ? current.signal.reason : error;
      return { kind: 'failure', reason: reason instanceof Error ? reason.message || reason.name : 'unknown', isStaleConnection: false };
    } finally {
      timer.cancel();
      release();
    }
  }

  return {
    post,
    abort() {
      try {
        attempt?.abort(new Error('given up'));
      } catch {
        // Workers let no request end what another one has begun.
      }
    },
  };
}

async function gzip(text: string): Promise<ArrayBuffer> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Response(packed).arrayBuffer();
}

/** The rest of a long body is thrown away with the connection: half of it is nobody's acknowledgement. */
async function readReply(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const body: AsyncIterable<Uint8Array> | undefined = response.body ?? undefined;
  for await (const chunk of body ?? NOTHING) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > MAX_REPLY_BYTES) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
