import { PGlite } from '@electric-sql/pglite';
import { parentPort, workerData } from 'node:worker_threads';

import type { FromWorker, ToWorker } from './worker-messages.ts';

/** Runs the embedded database in this thread, so that no statement ever holds up the collector's event loop. */
async function runPglite(port: NonNullable<typeof parentPort>, databaseDir: string): Promise<void> {
  const send = (message: FromWorker) => port.postMessage(message);
  const database = await PGlite.create(databaseDir);
  let last: Promise<void> = Promise.resolve();
  port.on('message', (message: ToWorker) => {
    // One after the other: the engine is one session.
    last = last.then(() => answer(message));
  });
  send({ kind: 'open' });

  async function answer(message: ToWorker): Promise<void> {
    try {
      if (message.kind === 'close') {
        await database.close();
        send({ kind: 'closed' });
        port.close();
        return;
      }
      // A connection that broke off may have left a transaction and prepared statements behind.
      if (message.kind === 'reset') {
        await database.exec('ROLLBACK');
        await database.exec('DISCARD ALL');
      } else send({ kind: 'bytes', connection: message.connection, bytes: await database.execProtocolRaw(message.bytes) });
    } catch (error) {
      send({ kind: 'failure', message: error instanceof Error ? error.message : String(error) });
    }
  }
}

if (parentPort) {
  const port = parentPort;
  // Safe because the only starter of this thread passes a directory.
  runPglite(port, String(workerData)).catch((error: unknown) => {
    port.postMessage({ kind: 'failure', message: error instanceof Error ? error.message : String(error) } satisfies FromWorker);
    port.close();
  });
}
