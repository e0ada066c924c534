import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { findFreePort } from '../find-free-port.ts';
import { reapFolder, reapProcess } from '../reaper.ts';
import { findBinaries, type Binaries } from './find-binaries.ts';
import { findRunAs, type RunAs } from './find-run-as.ts';

const START_TIMEOUT_MS = 60_000;
const RETRY_PAUSE_MS = 50;

/** A real PostgreSQL of the test's own. */
export type Postgres = {
  /** Of the database `postgres`. */
  readonly url: string;
  /** Creates an empty database and gives its URL. */
  newDatabase(): Promise<string>;
  /** Ends the server as a power cut would; `start()` recovers it on the same port. */
  kill9(): Promise<void>;
  start(): Promise<void>;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
};

/**
 * Starts PostgreSQL in a temporary folder; it is gone when the process ends, however that ends.
 *
 * @example const postgres = await startPostgres({ max_connections: '20' });
 */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<Postgres> {
  const runAs = findRunAs();
  const folder = createFolder(runAs);
  const binaries = findBinaries(folder, runAs);
  const place: Place = { binaries, runAs, cluster: join(folder, 'cluster'), port: await findFreePort(), settings };
  createCluster(place);
  const url = `postgres://postgres@127.0.0.1:${place.port}/postgres`;
  let server = await startServer(place, url);
  let databases = 0;
  return {
    url,
    newDatabase: async () => {
      databases += 1;
      return createDatabase(url, `test_${databases}`);
    },
    kill9: () => endServer(server, 'SIGKILL'),
    start: async () => {
      server = await startServer(place, url);
    },
    stop: async () => {
      await endServer(server, 'SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Place = {
  readonly binaries: Binaries;
  readonly runAs: RunAs;
  readonly cluster: string;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
};

type Server = { readonly child: ChildProcess; readonly log: () => string };

function createFolder(runAs: RunAs): string {
  const folder = mkdtempSync(join(tmpdir(), 'llmobserve-postgres-'));
  reapFolder(folder);
  chmodSync(folder, 0o755);
  if (runAs.uid !== undefined && runAs.gid !== undefined) chownSync(folder, runAs.uid, runAs.gid);
  return folder;
}

function createCluster({ binaries, runAs, cluster }: Place): void {
  const args = ['--pgdata', cluster, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  const made = spawnSync(binaries.initdb, args, { ...runAs, cwd: '/', encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
}

/** After a kill the old backends need a moment to see that their server is gone; until then a start is refused. */
async function startServer(place: Place, url: string): Promise<Server> {
  const deadlineMs = Date.now() + START_TIMEOUT_MS;
  let server = spawnServer(place);
  while (!(await answers(url))) {
    if (Date.now() > deadlineMs) {
      await endServer(server, 'SIGKILL');
      throw new Error(`PostgreSQL did not start within ${START_TIMEOUT_MS} ms:\n${server.log()}`);
    }
    await wait(RETRY_PAUSE_MS);
    if (hasEnded(server.child)) server = spawnServer(place);
  }
  return server;
}

function spawnServer({ binaries, runAs, cluster, port, settings }: Place): Server {
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings };
  const args = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(binaries.postgres, ['-D', cluster, '-p', String(port), ...args], {
    ...runAs,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-10_000)));
  child.on('error', (error) => (log += error.message));
  if (child.pid !== undefined) child.once('exit', reapProcess(child.pid));
  child.unref();
  return { child, log: () => log };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function endServer({ child }: Server, signal: 'SIGKILL' | 'SIGQUIT'): Promise<void> {
  if (hasEnded(child)) return;
  // Whoever waits for the end may have nothing else that keeps the process alive.
  child.ref();
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

async function createDatabase(url: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  return url.replace(/postgres$/, name);
}
