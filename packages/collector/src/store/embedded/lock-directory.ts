import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { StartError } from '../../failures.ts';
import { reasonOf } from '../reason-of.ts';

const LOCK_FILE = 'collector.lock';
const HOLDER_FILE = 'collector.json';

/** A process, as the sentence for a second opener names it. */
export type LockHolder = { readonly pid: number; readonly since: string };

export type DirectoryLock = { release(): void };

/**
 * Takes a data directory for this process alone.
 *
 * The lock is a file lock of the kernel, held through SQLite: it ends with the process however that ends, so there is no stale
 * lock to detect, and it holds between containers that share a volume.
 *
 * @throws {StartError} when another process has it, or when it cannot be written.
 */
export function lockDirectory(dataDir: string, holder: LockHolder): DirectoryLock {
  const file = openLockFile(dataDir);
  try {
    file.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE;');
  } catch (error) {
    file.close();
    throw new StartError(
      `The data directory ${dataDir} is in use by another collector${describeHolder(dataDir)}. ` +
        'Stop that one, choose another directory with LLMOBSERVE_DATA_DIR, or use a PostgreSQL server with DATABASE_URL.',
      { cause: error },
    );
  }
  writeFileSync(join(dataDir, HOLDER_FILE), JSON.stringify(holder));
  return {
    release: () => {
      rmSync(join(dataDir, HOLDER_FILE), { force: true });
      file.close();
    },
  };
}

function openLockFile(dataDir: string): DatabaseSync {
  try {
    mkdirSync(dataDir, { recursive: true });
    return new DatabaseSync(join(dataDir, LOCK_FILE));
  } catch (error) {
    throw new StartError(
      `The data directory ${dataDir} cannot be written (${reasonOf(error)}). Make it writable or choose another with LLMOBSERVE_DATA_DIR.`,
      { cause: error },
    );
  }
}

/** Only for the sentence: what it says is not trusted for anything. */
function describeHolder(dataDir: string): string {
  try {
    const holder: unknown = JSON.parse(readFileSync(join(dataDir, HOLDER_FILE), 'utf8'));
    if (typeof holder !== 'object' || holder === null || !('pid' in holder) || !('since' in holder)) return '';
    return ` (process ${String(holder.pid)}, since ${String(holder.since)})`;
  } catch {
    return '';
  }
}
