import { join } from 'node:path';
import pg from 'pg';

import type { Database } from '../database.ts';
import { migrate } from '../migrate.ts';
import { createPooledDatabase } from '../pooled-database.ts';
import { lockDirectory, type LockHolder } from './lock-directory.ts';
import { ProtocolStream } from './protocol-stream.ts';
import { startEngine, type Engine } from './start-engine.ts';

const DATABASE_FOLDER = 'database';
const WAIT_FOR_CONNECTION_MS = 5000;
/** Longer than on a server, because the engine cannot cancel a statement: giving up frees nothing. */
const STATEMENT_TIMEOUT_MS = 30_000;

/**
 * Opens the embedded database of a data directory, for this process alone, and brings its schema up to date.
 *
 * The engine does not flush to disk: it survives a killed process, and may lose the last seconds when the machine loses power.
 */
export async function openEmbedded(dataDir: string, holder: LockHolder): Promise<Database> {
  const lock = lockDirectory(dataDir, holder);
  let engine: Engine | undefined;
  const close = async () => {
    await engine?.close();
    lock.release();
  };
  try {
    engine = await startEngine(join(dataDir, DATABASE_FOLDER));
    const database = createPooledDatabase(createPool(engine), { engine: 'embedded', close });
    await migrate(database);
    return database;
  } catch (error) {
    await close();
    throw error;
  }
}

/** One connection, because the engine is one session. */
function createPool(engine: Engine): pg.Pool {
  const pool = new pg.Pool({
    max: 1,
    user: 'postgres',
    database: 'postgres',
    stream: () => new ProtocolStream(engine.link()),
    connectionTimeoutMillis: WAIT_FOR_CONNECTION_MS,
    query_timeout: STATEMENT_TIMEOUT_MS,
    idleTimeoutMillis: 0,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
}
