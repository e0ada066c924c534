import { startPostgres } from '@llmobserve/testkit';
import { afterAll, beforeAll, describe } from 'vitest';
import type { StoreConfig } from '../src/config.ts';
import { openDatabase, type Database } from '../src/store/index.ts';
import { newDataDir } from './new-data-dir.ts';

export const QUIET = { log: { warn: () => {} }, holder: { pid: process.pid, since: 'now' } };

/** Runs one suite on the embedded database and on a real PostgreSQL; `database` may be called inside tests. */
export function onBothEngines(name: string, suite: (database: () => Database) => void): void {
  onEngine(`${name}, embedded`, suite, async () => ({ config: { engine: 'embedded', dataDir: newDataDir() }, stop: async () => {} }));
  onEngine(`${name}, on PostgreSQL`, suite, async () => {
    const postgres = await startPostgres();
    return { config: { engine: 'postgres', url: postgres.url }, stop: () => postgres.stop() };
  });
}

type Place = { readonly config: StoreConfig; readonly stop: () => Promise<void> };

function onEngine(name: string, suite: (database: () => Database) => void, start: () => Promise<Place>): void {
  describe(name, () => {
    let open: { readonly database: Database; readonly place: Place } | undefined;
    beforeAll(async () => {
      const place = await start();
      open = { place, database: await openDatabase(QUIET, place.config) };
    });
    afterAll(async () => {
      await open?.database.close();
      await open?.place.stop();
    });
    suite(() => {
      if (!open) throw new Error('the database is open inside tests only');
      return open.database;
    });
  });
}
