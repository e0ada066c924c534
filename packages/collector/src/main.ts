#!/usr/bin/env node
import { loadPriceBook, priceEvent } from '@llmobserve/pricing';
import type { CostEvent } from '@llmobserve/protocol';
import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { pino, type Logger } from 'pino';

import manifest from '../package.json' with { type: 'json' };
import { readConfig } from './config.ts';
import { StartError } from './failures.ts';
import { createApp } from './http/index.ts';
import {
  acceptBatch,
  ADMISSION_LIMITS,
  createAdmission,
  createGroupCommit,
  createLiveFeed,
  GROUP_COMMIT_LIMITS,
  type GroupCommit,
  type Sender,
} from './ingest/index.ts';
import { keepPartitionsAhead, learnRowSpread, startScheduler, type Job } from './jobs/index.ts';
import { createServices } from './services.ts';
import { startServer } from './start-server.ts';
import { createLedger, installBootstrapKeys, makePartitions, openDatabase, refreshStatistics, type Database } from './store/index.ts';

/** A drain takes less than ten seconds: orchestrators kill after that. */
const REQUESTS_MAY_TAKE_MS = 7000;
const DRAIN_DEADLINE_MS = 9500;
/** The engine of the embedded database is one session; a server works on one transaction while we prepare the next. */
const COMMITTERS = { embedded: 1, postgres: 2 } as const;
const STDERR = 2;

const clock = { nowMs: () => Date.now() };

/** Starts the collector, says where it listens, and runs until it is told to stop. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = pino({ level: config.logLevel }, pino.destination({ fd: STDERR, sync: true }));
  const holder = { pid: process.pid, since: new Date(clock.nowMs()).toISOString() };
  const database = await openDatabase({ log: { warn: (message) => log.warn(message) }, holder }, config.store);
  const partitionsJob = keepPartitionsAhead({ clock, log, makePartitions: (nowMs) => makePartitions(database, nowMs) });
  const jobs = [partitionsJob, learnRowSpread({ refreshStatistics: () => refreshStatistics(database) })];
  await runAll(log, [partitionsJob]);
  await installBootstrapKeys({ database, clock, randomUuid: randomUUID }, config.bootstrapKeys);

  const draining = new AbortController();
  const liveFeed = createLiveFeed();
  const committer = createGroupCommit(
    { ledger: createLedger(database) },
    { ...GROUP_COMMIT_LIMITS, committers: COMMITTERS[database.engine] },
  );
  const book = loadPriceBook();
  const ingest = { clock, committer, live: liveFeed, price: (event: CostEvent) => priceEvent(book, event) };
  const services = await createServices({
    config,
    database,
    clock,
    every,
    log,
    liveFeed,
    randomBytes,
    randomUuid: randomUUID,
    admission: createAdmission({ after }, ADMISSION_LIMITS),
    acceptBatch: (sender: Sender, batch: unknown) => acceptBatch(ingest, sender, batch),
    draining: draining.signal,
    dashboardDir: fileURLToPath(new URL(isBuilt() ? './dashboard' : '../../dashboard/dist', import.meta.url)),
    version: manifest.version,
  });
  const server = await startServer(createApp(services).fetch, config);
  const scheduler = startScheduler({ log, every }, jobs);
  const signInUrl = config.hasSignInLink ? server.url + (await services.createSignInLink()) : undefined;
  stopOnSignal(log, async () => {
    draining.abort();
    await server.close(REQUESTS_MAY_TAKE_MS);
    await scheduler.stop();
    await closeStore(committer, database);
  });
  // Last, because whoever waits for it may send a request or a signal at once.
  process.stdout.write(`${JSON.stringify({ url: server.url, signInUrl })}\n`);
}

/** Before the first request, so that it finds everything in place; what fails here is tried again in its turn. */
async function runAll(log: Logger, jobs: readonly Job[]): Promise<void> {
  for (const job of jobs) {
    // One after the other: the embedded engine is one session.
    await job.run().catch((error: unknown) => log.error({ err: error, job: job.name }, 'a job failed and will be tried again'));
  }
}

function every(intervalMs: number, work: () => void): () => void {
  const timer = setInterval(work, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}

function after(delayMs: number, work: () => void): () => void {
  const timer = setTimeout(work, delayMs);
  return () => clearTimeout(timer);
}

/** Source and build lie in different places beside the dashboard's files. */
function isBuilt(): boolean {
  return !import.meta.url.endsWith('.ts');
}

async function closeStore(committer: GroupCommit, database: Database): Promise<void> {
  await committer.drain();
  await database.close();
}

/** The first signal drains; a second one, or the deadline, ends the process as it is: what was acknowledged is committed. */
function stopOnSignal(log: Logger, drain: () => Promise<void>): void {
  let isDraining = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isDraining) process.exit(1);
    isDraining = true;
    log.info({ signal }, 'draining');
    setTimeout(() => process.exit(1), DRAIN_DEADLINE_MS).unref();
    drain().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the drain failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** A start that fails says why in sentences; anything else is a mistake of ours and shows where it happened. */
function endWith(error: unknown): never {
  const text = error instanceof StartError ? error.message : `The collector ended because of a fault of its own.\n${inspectError(error)}`;
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

function inspectError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main().catch(endWith);
