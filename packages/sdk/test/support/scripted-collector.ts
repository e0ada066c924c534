import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { Batch, BatchAnswer } from '@llmobserve/protocol';

export type ReceivedBatch = {
  readonly headers: IncomingMessage['headers'];
  readonly path: string;
  readonly body: Batch;
  readonly atMs: number;
};

/** What the collector does with one request; `undefined` accepts it as the contract says. */
export type Answer =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  | 'silent'
  | 'trickle'
  | 'reset'
  | 'lose-answer'
  | undefined;

export type ScriptedCollector = {
  readonly url: string;
  /** Every batch that came, whatever was answered. */
  readonly batches: readonly ReceivedBatch[];
  /** Ids that were acknowledged as stored, once each, in order. */
  readonly stored: ReadonlySet<string>;
  readonly connections: () => number;
  /** Decides the answers from here on. */
  script(answer: (batch: ReceivedBatch, ordinal: number) => Answer): void;
  /** Resolves when `condition` holds after some request. */
  until(condition: () => boolean): Promise<void>;
  close(): Promise<void>;
};

/** A collector over real HTTP that keeps ids as the real one does, and misbehaves as told. */
export async function startScriptedCollector(
  script: (batch: ReceivedBatch, ordinal: number) => Answer = () => undefined,
  port = 0,
): Promise<ScriptedCollector> {
  const batches: ReceivedBatch[] = [];
  const stored = new Set<string>();
  const waiters = new Set<() => void>();
  let decide = script;
  let connections = 0;

  const server = createServer((request, response) => {
    void readBatch(request).then((batch) => {
      batches.push(batch);
      giveAnswer(response, batch, { answer: decide(batch, batches.length), stored });
      for (const look of waiters) look();
    });
  });
  server.on('connection', () => (connections += 1));

  return {
    url: await listen(server, port),
    batches,
    stored,
    connections: () => connections,
    script: (answer) => {
      decide = answer;
    },
    until: (condition) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!condition()) return;
          waiters.delete(look);
          resolve();
        };
        waiters.add(look);
        look();
      }),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The answer to a batch in which `refused` are the ids that cannot be accepted. */
export function answerFor(batch: Batch, stored: Set<string>, refused: readonly string[] = []): BatchAnswer {
  let duplicates = 0;
  let accepted = 0;
  const rejected = batch.events.flatMap((event, index) => {
    if (refused.includes(event.id)) return [{ index, id: event.id, code: 'out_of_range' as const, detail: 'too old' }];
    if (stored.has(event.id)) duplicates += 1;
    else accepted += 1;
    stored.add(event.id);
    return [];
  });
  return { accepted, duplicates, rejected };
}

async function readBatch(request: IncomingMessage): Promise<ReceivedBatch> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  const bytes = Buffer.concat(chunks);
  const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
  return { headers: request.headers, path: request.url ?? '', body: JSON.parse(text.toString('utf8')) as Batch, atMs: performance.now() };
}

function giveAnswer(response: ServerResponse, batch: ReceivedBatch, { answer, stored }: { answer: Answer; stored: Set<string> }): void {
  if (answer === 'silent') return;
  if (answer === 'trickle') {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(timer));
    return;
  }
  if (answer === 'lose-answer') answerFor(batch.body, stored);
  if (answer === 'reset' || answer === 'lose-answer') {
    response.socket?.resetAndDestroy();
    return;
  }
  const { status, headers, body }: Exclude<Answer, string | undefined> = answer ?? { status: 200, body: answerFor(batch.body, stored) };
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
    });
  });
}
