import { loadPriceBook, priceEvent } from '@llmobserve/pricing';
import type { CostEvent } from '@llmobserve/protocol';
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { createApp } from '../../src/http/index.ts';
import {
  acceptBatch,
  ADMISSION_LIMITS,
  createAdmission,
  createGroupCommit,
  createLiveFeed,
  GROUP_COMMIT_LIMITS,
} from '../../src/ingest/index.ts';
import { createServices, type ServicesDeps, type WiredServices } from '../../src/services.ts';
import { startServer } from '../../src/start-server.ts';
import { createLedger, openDatabase, type Database } from '../../src/store/index.ts';
import { newDataDir, newFolder } from '../new-data-dir.ts';
import { QUIET } from '../on-both-engines.ts';

export type RunningApp = {
  readonly url: string;
  readonly database: Database;
  readonly services: WiredServices;
  readonly app: ReturnType<typeof createApp>;
  /** What was written to the log. */
  readonly logged: object[];
  /** Runs everything that asked to be called at intervals. */
  tick(): void;
  drain(): void;
  close(): Promise<void>;
};

const START_TIMEOUT_MS = 60_000;

/** One app for a test file; every test makes a workspace of its own in it. */
export function useApp(overrides: Partial<ServicesDeps> = {}): () => RunningApp {
  let running: RunningApp | undefined;
  beforeAll(async () => {
    running = await startApp(overrides);
  }, START_TIMEOUT_MS);
  afterAll(() => running?.close(), START_TIMEOUT_MS);
  return () => {
    if (!running) throw new Error('the app runs inside tests only');
    return running;
  };
}

/** The app as the collector wires it, on a real socket over a real database; only the clock may be another. */
export async function startApp(overrides: Partial<ServicesDeps> = {}): Promise<RunningApp> {
  const database = overrides.database ?? (await openDatabase(QUIET, { engine: 'embedded', dataDir: newDataDir() }));
  const drain = new AbortController();
  const ticking = new Set<() => void>();
  const logged: object[] = [];
  const services = await createServices({
    config: { host: '127.0.0.1', publicUrl: undefined, metricsToken: undefined },
    database,
    ...createIngest(database, overrides.clock ?? WALL_CLOCK),
    admission: createAdmission({ after }, ADMISSION_LIMITS),
    clock: WALL_CLOCK,
    randomBytes,
    randomUuid: randomUUID,
    every: (_intervalMs, work) => {
      ticking.add(work);
      return () => ticking.delete(work);
    },
    log: { warn: (fields) => void logged.push(fields), error: (fields) => void logged.push(fields) },
    draining: drain.signal,
    dashboardDir: newFolder(),
    version: '0.0.0-test',
    ...overrides,
  });
  const app = createApp(services);
  const server = await startServer(app.fetch, { host: '127.0.0.1', port: 0 });
  return {
    url: server.url,
    database,
    services,
    app,
    logged,
    tick: () => ticking.forEach((work) => work()),
    drain: () => drain.abort(),
    close: async () => {
      drain.abort();
      await server.close(1_000);
      if (!overrides.database) await database.close();
    },
  };
}

export function after(delayMs: number, work: () => void): () => void {
  const timer = setTimeout(work, delayMs);
  return () => clearTimeout(timer);
}

const WALL_CLOCK = { nowMs: () => Date.now() };

function createIngest(database: Database, clock: { nowMs(): number }): Pick<ServicesDeps, 'acceptBatch' | 'liveFeed'> {
  const liveFeed = createLiveFeed();
  const book = loadPriceBook();
  const committer = createGroupCommit({ ledger: createLedger(database) }, { ...GROUP_COMMIT_LIMITS, committers: 1 });
  const ingest = { clock, committer, live: liveFeed, price: (event: CostEvent) => priceEvent(book, event) };
  return { liveFeed, acceptBatch: (sender, batch) => acceptBatch(ingest, sender, batch) };
}
