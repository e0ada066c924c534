import { PGlite } from '@electric-sql/pglite';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';

import { unpackFolder } from './pack-folder.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** Made by the build; a fresh database made from it is there in a tenth of the time. */
const TEMPLATE_FILE = new URL('./pglite-template.gz', import.meta.url);
/** A page more or less is a read from the system's own cache; with PostgreSQL's 128 MB the engine would keep all of them for itself. */
const START_PARAMETERS = [...PGlite.defaultStartParams, '-c', 'shared_buffers=32MB'];
/** Measured with V8 13.6: optimizing the engine takes 500 MB for a moment and half a second, and makes inserts a third faster. */
const NO_OPTIMIZING = ['--no-wasm-dynamic-tiering', '--no-wasm-tier-up'];

type Port = NonNullable<typeof parentPort>;

/** Runs the embedded database in this thread, so that no statement ever holds up the collector's event loop. */
async function runPglite(port: Port, databaseDir: string): Promise<void> {
  for (const flag of NO_OPTIMIZING) setFlagsFromString(flag);
  if (!existsSync(databaseDir)) await createDatabase(databaseDir);
  const database = await PGlite.create({ dataDir: databaseDir, startParams: START_PARAMETERS });
  let last: Promise<void> = Promise.resolve();
  port.on('message', (message: ToWorker) => {
    // One after the other: the engine is one session.
    last = last.then(() => answer(port, database, message));
  });
  send(port, { kind: 'open' });
}

/** Under another name until it is whole: a process that is killed meanwhile leaves nothing that looks like a database. */
async function createDatabase(databaseDir: string): Promise<void> {
  const unfinishedDir = `${databaseDir}.new`;
  rmSync(unfinishedDir, { recursive: true, force: true });
  if (existsSync(TEMPLATE_FILE)) unpackFolder(readFileSync(TEMPLATE_FILE), unfinishedDir);
  else await (await PGlite.create(unfinishedDir)).close();
  renameSync(unfinishedDir, databaseDir);
}

async function answer(port: Port, database: PGlite, message: ToWorker): Promise<void> {
  try {
    if (message.kind === 'bytes') {
      const bytes = await database.execProtocolRaw(message.bytes);
      send(port, { kind: 'bytes', connection: message.connection, bytes });
    } else if (message.kind === 'reset') {
      // A connection that broke off may have left a transaction and prepared statements behind.
      await database.exec('ROLLBACK');
      await database.exec('DISCARD ALL');
    } else {
      await database.close();
      port.close();
    }
  } catch (error) {
    sendFailure(port, error);
  }
}

function sendFailure(port: Port, error: unknown): void {
  send(port, { kind: 'failure', message: error instanceof Error ? error.message : String(error) });
}

function send(port: Port, message: FromWorker): void {
  port.postMessage(message);
}

if (parentPort) {
  const port = parentPort;
  // Safe because the only starter of this thread passes a directory.
  runPglite(port, String(workerData)).catch((error: unknown) => {
    sendFailure(port, error);
    port.close();
  });
}
