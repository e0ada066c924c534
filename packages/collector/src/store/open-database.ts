import type { StoreConfig } from '../config.ts';
import type { Database } from './database.ts';
import type { LockHolder } from './embedded/lock-directory.ts';
import { openEmbedded } from './embedded/open-embedded.ts';
import { openPostgres, type OpenPostgresDeps } from './open-postgres.ts';

export type OpenDatabaseDeps = OpenPostgresDeps & { readonly holder: LockHolder };

/**
 * Opens the ledger and brings its schema up to date.
 *
 * @throws {StartError} with a sentence for the person who starts the collector.
 */
export async function openDatabase(deps: OpenDatabaseDeps, config: StoreConfig): Promise<Database> {
  return config.engine === 'postgres' ? openPostgres(deps, config.url) : openEmbedded(config.dataDir, deps.holder);
}
