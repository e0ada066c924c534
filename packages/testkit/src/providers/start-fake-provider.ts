import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Provider } from './answer.ts';
import type { Quirk } from './quirk.ts';
import { readRequest } from './read-request.ts';
import { recordConnections, type Connection } from './record-connections.ts';
import type { RecordedRequest } from './recorded-request.ts';
import { sendAnswer } from './send-answer.ts';

const DEFAULT_WAIT_TIMEOUT_MS = 10_000;
const DEFAULT_MAX_REQUESTS = 10_000;

/** A provider of the test's own, on a port of its own, over real HTTP. */
export type FakeProvider = {
  /** Without a slash at the end. */
  readonly url: string;
  /** What was asked, in the order in which it was complete; of many, the last `maxRequests`. */
  readonly requests: readonly RecordedRequest[];
  /** Bends the next answers, one quirk each, in the order of the requests. */
  bendNext(...quirks: readonly Quirk[]): void;
  /** Resolves when the condition holds; it is asked after each request, answer and abort. */
  waitFor(condition: (requests: readonly RecordedRequest[]) => boolean): Promise<void>;
  /** Ends all connections. */
  close(): Promise<void>;
};

export type FakeProviderOptions = {
  /** A fixed port; 0 or absent means any. */
  readonly port?: number;
  /** Keeps only this many of the last requests, 10,000 without it; a demo runs for days. */
  readonly maxRequests?: number;
  /** How long `waitFor` waits before it is an error. */
  readonly waitTimeoutMs?: number;
  /** Bends every answer that has no quirk of its own. */
  readonly quirk?: Quirk;
};

/**
 * Serves a provider's meaning over HTTP/1.1 and records what arrives.
 *
 * @example startFakeProvider({ answer: () => jsonAnswer(200, {}), refuse: (status) => jsonAnswer(status, {}) }, options)
 */
export async function startFakeProvider(provider: Provider, options: FakeProviderOptions = {}): Promise<FakeProvider> {
  const records = createRecords({ maxRequests: DEFAULT_MAX_REQUESTS, waitTimeoutMs: DEFAULT_WAIT_TIMEOUT_MS, ...options });
  const quirks: Quirk[] = [];
  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, response) => {
    const exchange = { incoming, response, connection: connectionOf(incoming.socket) };
    inBackground(serve({ provider, records, takeQuirk: () => quirks.shift() ?? options.quirk ?? {} }, exchange), response);
  });
  const connectionOf = recordConnections(server);
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  // Safe because a server that listens on TCP has an address and a port.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests: records.list,
    bendNext: (...more) => void quirks.push(...more),
    waitFor: records.waitFor,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

type Exchange = { readonly incoming: IncomingMessage; readonly response: ServerResponse; readonly connection: Connection };
type ServeDeps = { readonly provider: Provider; readonly records: Records; readonly takeQuirk: () => Quirk };

async function serve({ provider, records, takeQuirk }: ServeDeps, { incoming, response, connection }: Exchange): Promise<void> {
  const request = await readRequest(incoming);
  const record: Writable<RecordedRequest> = {
    method: request.method,
    path: incoming.url ?? '/',
    headers: incoming.headers,
    rawHeaders: incoming.rawHeaders,
    rawBytes: connection.takeBytes(),
    body: request.body,
    connection: connection.number,
    isAborted: false,
    isAnswered: false,
  };
  response.on('close', () => {
    record.isAborted = !response.writableFinished && !record.isAnswered;
    record.isAnswered ||= response.writableFinished;
    records.changed();
  });
  records.add(record);
  const quirk = takeQuirk();
  const wasCut = !(await sendAnswer(
    response,
    quirk.status === undefined ? provider.answer(request) : provider.refuse(quirk.status),
    quirk,
  ));
  // A connection that the fake cut itself was not left by its caller.
  if (wasCut) record.isAnswered = true;
}

type Writable<T> = { -readonly [key in keyof T]: T[key] };

type Records = {
  readonly list: readonly RecordedRequest[];
  readonly add: (record: RecordedRequest) => void;
  readonly changed: () => void;
  readonly waitFor: (condition: (requests: readonly RecordedRequest[]) => boolean) => Promise<void>;
};

function createRecords({ maxRequests, waitTimeoutMs }: Required<Pick<FakeProviderOptions, 'maxRequests' | 'waitTimeoutMs'>>): Records {
  const list: RecordedRequest[] = [];
  const waiting = new Set<() => void>();
  const changed = (): void => waiting.forEach((check) => check());
  return {
    list,
    changed,
    add: (record) => {
      list.push(record);
      if (list.length > maxRequests) list.shift();
      changed();
    },
    waitFor: (condition) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(check);
          reject(new Error(`the fake provider waited ${waitTimeoutMs} ms for a condition that did not come true`));
        }, waitTimeoutMs);
        const check = (): void => {
          if (!condition(list)) return;
          clearTimeout(timer);
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
  };
}

/** A caller that has gone is what many tests are about, so its broken pipe is no news; any other caller must not wait for ever. */
function inBackground(work: Promise<void>, response: ServerResponse): void {
  work.catch((error: unknown) => {
    response.destroy();
    const isGone =
      error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'ERR_STREAM_PREMATURE_CLOSE');
    if (!isGone) throw error;
  });
}
