import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import { loadBuiltin } from '../load-builtin.ts';
import type { Timers } from '../timers.ts';
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
export function createHttpPost(deps: HttpPostDeps): HttpPost {
  const agents = new Map<string, Agent>();
  let attempt = new AbortController();

  async function tryPost(batchText: string, target: Target, signal: AbortSignal): Promise<Reply> {
    // Loaded at the first batch: until then this SDK costs the host none of it.
    const { request, Agent: HttpAgent } = loadBuiltin(target.url.protocol === 'https:' ? 'node:https' : 'node:http');
    const { gzip } = loadBuiltin('node:zlib');
    const agent = agents.get(target.url.protocol) ?? new HttpAgent({ keepAlive: true, maxSockets: 1 });
    agents.set(target.url.protocol, agent);
    const body = await new Promise<Buffer>((resolve, reject) => {
      gzip(batchText, { level: 1 }, (error, packed) => (error ? reject(error) : resolve(packed)));
    });
    const headers = {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      'content-length': body.byteLength,
      authorization: `Bearer ${target.apiKey}`,
      'user-agent': deps.userAgent,
    };
    const call = request(target.url, { method: 'POST', agent, headers, signal });
    const reply = readReply(call, deps);
    call.end(body);
    return reply;
  }

  return {
    async post(batchText, target) {
      // Such a key could not even travel; its answer is known.
      if (!HEADER_SAFE_KEY.test(target.apiKey)) return { kind: 'answer', status: 401, retryAfter: undefined, body: '' };
      const current = new AbortController();
      attempt = current;
      const timer = deps.timers.setTimer(() => current.abort(new Error(`no answer within ${ANSWER_TIMEOUT_MS} ms`)), ANSWER_TIMEOUT_MS);
      try {
        return await tryPost(batchText, target, current.signal);
      } catch (error) {
        return failed(error, false);
      } finally {
        timer.cancel();
      }
    },
    abort() {
      attempt.abort(new Error('given up'));
    },
  };
}

function readReply(call: ClientRequest, deps: HttpPostDeps): Promise<Reply> {
  return new Promise((resolve) => {
    call.on('socket', (socket) => {
      socket.unref();
      if (!socket.connecting) return;
      const timer = deps.timers.setTimer(
        () => call.destroy(new Error(`no connection within ${CONNECT_TIMEOUT_MS} ms`)),
        CONNECT_TIMEOUT_MS,
      );
      socket.once('connect', () => timer.cancel()).once('close', () => timer.cancel());
    });
    call.on('error', (error) => resolve(failed(error, call.reusedSocket)));
    // Such as an upgrade nobody asked for: no answer, and no error either.
    call.on('close', () => resolve(failed(new Error('the connection closed without an answer'), false)));
    call.on('response', (response) => {
      readBody(response, (body) =>
        resolve({ kind: 'answer', status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], body }),
      );
      response.on('close', () => {
        if (!response.complete) resolve({ kind: 'failure', reason: 'the answer broke off', isStaleConnection: false });
      });
    });
  });
}

/** Beyond the bound the rest is thrown away with the connection: half a body is nobody's acknowledgement. */
function readBody(response: IncomingMessage, onBody: (body: string) => void): void {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  response.on('data', (chunk: Buffer) => {
    sizeBytes += chunk.byteLength;
    if (sizeBytes <= MAX_REPLY_BYTES) {
      chunks.push(chunk);
      return;
    }
    onBody('');
    response.destroy();
  });
  response.on('error', () => {});
  response.on('end', () => onBody(Buffer.concat(chunks).toString('utf8')));
}

/** A kept connection that the other side has closed meanwhile says nothing about the collector. */
function failed(error: unknown, isReusedSocket: boolean): Reply {
  const cause = error instanceof Error && error.name === 'AbortError' ? error.cause : error;
  const reason = cause instanceof Error ? cause.message || cause.name : 'unknown';
  return { kind: 'failure', reason, isStaleConnection: isReusedSocket && !(error instanceof Error && error.name === 'AbortError') };
}
