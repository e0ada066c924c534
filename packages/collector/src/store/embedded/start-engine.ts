import { Worker } from 'node:worker_threads';

import { StartError } from '../../failures.ts';
import { inBackground } from '../../in-background.ts';
import type { ProtocolLink } from './protocol-stream.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

type Listener = Parameters<ProtocolLink['open']>[0];

/** The embedded engine in its thread. */
export type Engine = {
  /** A link for one connection; a newer connection takes the engine over. */
  link(): ProtocolLink;
  close(): Promise<void>;
};

/**
 * Starts the embedded database in a thread of its own; a thread that dies is started anew for the next connection.
 *
 * @throws {StartError} when the directory holds no database that it can open.
 */
export async function startEngine(databaseDir: string, startThread: (databaseDir: string) => Worker = startWorker): Promise<Engine> {
  const listeners = new Map<number, Listener>();
  let connections = 0;
  let thread: Promise<Worker> | undefined = open();
  await thread;

  async function open(): Promise<Worker> {
    const worker = startThread(databaseDir);
    await opened(worker, databaseDir);
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'bytes') listeners.get(message.connection)?.onBytes(message.bytes);
      // The engine answers mistakes in SQL itself: what it throws is a fault of its own, after which it is not to be trusted.
      if (message.kind === 'failure') lose(worker, new Error(`the embedded database failed: ${message.message}`));
    });
    worker.on('error', (cause) => lose(worker, new Error('the embedded database failed', { cause })));
    worker.on('exit', () => lose(worker, new Error('the embedded database ended')));
    return worker;
  }

  function lose(worker: Worker, error: Error): void {
    inBackground(worker.terminate());
    thread = undefined;
    for (const listener of listeners.values()) listener.onEnd(error);
    listeners.clear();
  }

  async function connect(connection: number, listener: Listener): Promise<void> {
    try {
      thread ??= open();
      const worker = await thread;
      listeners.set(connection, listener);
      send(worker, { kind: 'reset' });
      listener.onOpen((bytes) => send(worker, { kind: 'bytes', connection, bytes }));
    } catch (error) {
      thread = undefined;
      listener.onEnd(new Error('the embedded database does not start', { cause: error }));
    }
  }

  return {
    link: () => {
      connections += 1;
      const connection = connections;
      // What fails in connecting is told to the connection itself.
      return { open: (listener) => inBackground(connect(connection, listener)), close: () => void listeners.delete(connection) };
    },
    close: async () => {
      const worker = await thread?.catch(() => undefined);
      if (!worker) return;
      worker.removeAllListeners('exit');
      const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      send(worker, { kind: 'close' });
      await exited;
    },
  };
}

/** Beside this file when run from source, beside the bundle when built. */
function startWorker(databaseDir: string): Worker {
  const file = import.meta.url.endsWith('.ts') ? './pglite-worker.ts' : './pglite-worker.js';
  return new Worker(new URL(file, import.meta.url), { workerData: databaseDir });
}

function send(worker: Worker, message: ToWorker): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  worker.postMessage(message);
}

function opened(worker: Worker, databaseDir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = () => void worker.removeAllListeners('error').removeAllListeners('exit');
    const fail = (reason: string) => {
      settle();
      reject(new StartError(`The embedded database in ${databaseDir} does not open (${reason}). ${remedyFor(reason)}`));
    };
    worker.once('message', (message: FromWorker) => {
      if (message.kind === 'failure') return fail(message.message);
      settle();
      resolve();
    });
    worker.once('error', (error: Error) => fail(error.message));
    worker.once('exit', () => fail('its thread ended'));
  });
}

function remedyFor(reason: string): string {
  const isFull = /ENOSPC|no space left/i.test(reason);
  const remedy = isFull ? 'Make room on its disk (a new one takes 40 MB)' : 'Restore the directory from a backup';
  return `${remedy}, or choose another with LLMOBSERVE_DATA_DIR.`;
}
