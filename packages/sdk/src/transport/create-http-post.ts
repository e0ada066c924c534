import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import { loadBuiltin } from '../load-builtin.ts';
import type { Timer, Timers } from '../timers.ts';
import type { Reply } from './judge-reply.ts';

/** Where batches go, and with which key. */
export type Target = { readonly url: URL; readonly apiKey: string };

export type HttpPost = {
  /** Sends one batch and never rejects: what went wrong is a reply too. */
  post(batchText: string, target: Target): Promise<Reply>;
  /** Ends the try that is under way, so that nothing of it keeps the process alive. */
  abort(): void;
};

export type HttpPostDeps = { readonly userAgent: string; readonly timers: Timers };

/** A collector that answers later than this has lost the batch or the connection. */
const ANSWER_TIMEOUT_MS = 10_000;
/** An unfinished connect keeps a process alive that has nothing else to do; a lost SYN is sent again after one second. */
const CONNECT_TIMEOUT_MS = 1500;
/** A thousand rejections fit; what is longer is not ours. */
const MAX_REPLY_BYTES = 1_000_000;
const HEADER_SAFE_KEY = /^[\u0021-\u007e]+$/;

/** Makes the hand that posts: gzip, one connection that is kept alive and never keeps the process alive. */
export function createHttpPost({ userAgent, timers }: HttpPostDeps): HttpPost {
  const agents = new Map<string, Agent>();
  let attempt = new AbortController();

  async function startRequest(batchText: string, { url, apiKey }: Target, signal: AbortSignal): Promise<ClientRequest> {
    // Loaded at the first batch: until then this SDK costs the host none of it.
    const { request, Agent: HttpAgent } = loadBuiltin(url.protocol === 'https:' ? 'node:https' : 'node:http');
    const body = await gzip(batchText);
    const agent = agents.get(url.protocol) ?? new HttpAgent({ keepAlive: true, maxSockets: 1 });
    agents.set(url.protocol, agent);
    const headers = {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      'content-length': body.byteLength,
      authorization: `Bearer ${apiKey}`,
      'user-agent': userAgent,
    };
    return request(url, { method: 'POST', agent, headers, signal }).end(body);
  }

  return {
    async post(batchText, target) {
      // Such a key could not even travel; its answer is known.
      if (!HEADER_SAFE_KEY.test(target.apiKey)) return { kind: 'answer', status: 401, retryAfter: undefined, body: '' };
      const current = new AbortController();
      attempt = current;
      const endAfter = (ms: number): Timer => timers.setTimer(() => current.abort(new Error(`no answer within ${ms} ms`)), ms);
      const timer = endAfter(ANSWER_TIMEOUT_MS);
      let call: ClientRequest | undefined;
      try {
        call = await startRequest(batchText, target, current.signal);
        watchConnection(call, () => endAfter(CONNECT_TIMEOUT_MS));
        return await readReply(call);
      } catch (error) {
        const { signal } = current;
        // A kept connection that the other side has closed meanwhile says nothing about the collector.
        return {
          kind: 'failure',
          reason: messageOf(signal.aborted ? signal.reason : error),
          isStaleConnection: call?.reusedSocket === true && !signal.aborted,
        };
      } finally {
        timer.cancel();
      }
    },
    abort() {
      attempt.abort(new Error('given up'));
    },
  };
}

function watchConnection(call: ClientRequest, endLater: () => Timer): void {
  call.on('socket', (socket) => {
    socket.unref();
    if (!socket.connecting) return;
    const timer = endLater();
    socket.once('connect', () => timer.cancel()).once('close', () => timer.cancel());
  });
}

async function readReply(call: ClientRequest): Promise<Reply> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    // An upgrade nobody asked for is no answer, and no error either.
    call
      .on('response', resolve)
      .on('error', reject)
      .on('close', () => reject(new Error('no answer')));
  });
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  // Safe because without an encoding a response gives buffers.
  for await (const chunk of response as AsyncIterable<Buffer>) {
    sizeBytes += chunk.byteLength;
    // The rest is thrown away with the connection: half a body is nobody's acknowledgement.
    if (sizeBytes > MAX_REPLY_BYTES) break;
    chunks.push(chunk);
  }
  const body = sizeBytes > MAX_REPLY_BYTES ? '' : Buffer.concat(chunks).toString('utf8');
  return { kind: 'answer', status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], body };
}

function messageOf(error: unknown): string {
  return (error instanceof Error && error.message) || String(error);
}

/** Not by `promisify`: the ES module view of `node:util` loads 34 modules (3 ms, seen with 24.21). */
function gzip(text: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    loadBuiltin('node:zlib').gzip(text, { level: 1 }, (error, bytes) => (error ? reject(error) : resolve(bytes)));
  });
}
