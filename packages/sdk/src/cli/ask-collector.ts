import { lookup } from 'node:dns/promises';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** How far the way to the collector went. */
export type Asked =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: IncomingHttpHeaders;
      readonly body: string;
      readonly steps: string;
    }
  | { readonly kind: 'failure'; readonly at: Step; readonly code: string };

export type Step = 'name' | 'tcp' | 'tls' | 'http';

export type AskOptions = { readonly key: string; readonly timeoutMs: number; readonly nowMs: () => number };

const MAX_BODY_LENGTH = 100_000;

/** Goes the way to the collector step by step, so that the one that fails is known, and asks whose the key is. */
export async function askCollector(url: URL, options: AskOptions): Promise<Asked> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  const isTls = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || (isTls ? 443 : 80));
  const times: string[] = [];
  let at: Step = 'name';
  async function step<Value>(next: Step, work: () => Promise<Value>): Promise<Value> {
    at = next;
    const startMs = options.nowMs();
    const value = await within(work(), signal);
    times.push(`${next} ${Math.max(0, Math.round(options.nowMs() - startMs))} ms`);
    return value;
  }
  try {
    await step('name', () => lookup(host));
    // By name, as the SDK does: where it has several addresses, as localhost may, Node tries one after the other.
    await step('tcp', () => tryTcp(host, port));
    if (isTls) await step('tls', () => tryTls(host, port));
    const answer = await step('http', () => ping(url, options.key, signal));
    return { kind: 'answer', ...answer, steps: times.join(', ') };
  } catch (error) {
    return { kind: 'failure', at, code: signal.aborted ? 'ETIMEDOUT' : codeOf(error) };
  }
}

function tryTcp(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host, port }, () => {
      socket.destroy();
      resolve();
    }).on('error', reject);
    socket.unref();
  });
}

function tryTls(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host, port, servername: /[a-z]/i.test(host) ? host : '' }, () => {
      socket.destroy();
      resolve();
    }).on('error', reject);
    socket.unref();
  });
}

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

async function ping(url: URL, key: string, signal: AbortSignal): Promise<Answer> {
  const { request } = url.protocol === 'https:' ? await import('node:https') : await import('node:http');
  const headers = { accept: 'application/json', ...(key === '' ? {} : { authorization: `Bearer ${key}` }) };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { headers, signal }, resolve).on('error', reject).end();
  });
  let body = '';
  for await (const text of response.setEncoding('utf8')) {
    body += String(text);
    if (body.length > MAX_BODY_LENGTH) break;
  }
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

function within<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('too slow')), { once: true });
    work.then(resolve, reject);
  });
}

function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}
