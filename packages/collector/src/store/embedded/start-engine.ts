import { Worker } from 'node:worker_threads';

import { StartError } from '../../failures.ts';
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
 * Starts the embedded database in a thread of its own.
 *
 * @throws {StartError} when the directory holds no database that it can open.
 */
export async function startEngine(databaseDir: string): Promise<Engine> {
  const worker = new Worker(workerFile(), { workerData: databaseDir });
  const listeners = new Map<number, Listener>();
  let connections = 0;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  const send = (message: ToWorker) => worker.postMessage(message);
  const end = (error: Error) => {
    for (const listener of listeners.values()) listener.onEnd(error);
    listeners.clear();
  };
  await opened(worker, databaseDir);
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'bytes') listeners.get(message.connection)?.onBytes(message.bytes);
    if (message.kind === 'failure') end(new Error(`the embedded database failed: ${message.message}`));
  });
  worker.on('error', (cause) => end(new Error('the embedded database ended', { cause })));
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  return {
    link: () => {
      connections += 1;
      const connection = connections;
      return {
        open: (listener) => {
          listeners.set(connection, listener);
          send({ kind: 'reset' });
        },
        send: (bytes) => send({ kind: 'bytes', connection, bytes }),
        close: () => listeners.delete(connection),
      };
    },
    close: async () => {
      send({ kind: 'close' });
      await exited;
    },
  };
}

/** Beside this file when run from source, beside the bundle when built. */
function workerFile(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './pglite-worker.ts' : './pglite-worker.js', import.meta.url);
}

function opened(worker: Worker, databaseDir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) =>
      reject(
        new StartError(
          `The embedded database in ${databaseDir} does not open (${reason}). ` +
            'Restore the directory from a backup, or choose another with LLMOBSERVE_DATA_DIR.',
        ),
      );
    worker.once('message', (message: FromWorker) => (message.kind === 'failure' ? fail(message.message) : resolve()));
    worker.once('error', (error: Error) => fail(error.message));
    worker.once('exit', () => fail('its thread ended'));
  });
}
