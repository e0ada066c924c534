import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomKey } from '../events/index.ts';
import { reapFolder, reapProcess } from '../reaper.ts';
import { readFirstLine } from './read-first-line.ts';

const START_TIMEOUT_MS = 60_000;
const MAX_LOG_CHARACTERS = 100_000;
const SOURCE_ENTRY = fileURLToPath(new URL('../../../collector/src/main.ts', import.meta.url));

export type CollectorOptions = {
  /** A PostgreSQL; absent: the embedded database in `dataDir`. */
  readonly databaseUrl?: string;
  /** Absent: a new temporary folder, removed when the test process ends. */
  readonly dataDir?: string;
  /** Each has a workspace of its own; absent: one new key. */
  readonly keys?: readonly string[];
  /** The collector's entry file; absent: its source. */
  readonly entry?: string;
  readonly port?: number;
  /** More settings; nothing is taken over from the test's own environment. */
  readonly env?: Readonly<Record<string, string>>;
};

/** A collector in a process of its own. */
export type Collector = {
  /** Without a slash at the end. */
  readonly url: string;
  /** Opens the dashboard signed in, once; there when `LLMOBSERVE_SIGN_IN_LINK=1` was set. */
  readonly signInUrl: string | undefined;
  /** The first of its keys. */
  readonly key: string;
  readonly keys: readonly string[];
  readonly dataDir: string;
  readonly pid: number;
  /** What it wrote to stderr and, after the first line, to stdout. */
  log(): string;
  /** Ends it with SIGTERM and gives its exit code. */
  stop(): Promise<number | undefined>;
  kill9(): Promise<void>;
};

/**
 * Starts the real collector on a free port and waits until it says where it listens.
 *
 * @throws with its last words when it ends before.
 * @example const collector = await startCollector({ databaseUrl: await postgres.newDatabase() });
 */
export async function startCollector(options: CollectorOptions = {}): Promise<Collector> {
  const keys = options.keys ?? [randomKey()];
  const dataDir = options.dataDir ?? createDataDir();
  const child = spawnCollector(options, keys, dataDir);
  const log = collectLog(child);
  const said = await readFirstLine(child, START_TIMEOUT_MS).catch((cause: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`the collector did not start:\n${log()}`, { cause });
  });
  return {
    url: said.url,
    signInUrl: said.signInUrl,
    key: keys[0] ?? '',
    keys,
    dataDir,
    pid: child.pid ?? 0,
    log,
    stop: () => end(child, 'SIGTERM'),
    kill9: async () => void (await end(child, 'SIGKILL')),
  };
}

function createDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'llmobserve-collector-'));
  reapFolder(folder);
  return folder;
}

function spawnCollector({ databaseUrl, entry, port, env }: CollectorOptions, keys: readonly string[], dataDir: string): ChildProcess {
  const args = entry === undefined ? ['--conditions=llmobserve-source', SOURCE_ENTRY] : [entry];
  const child = spawn(process.execPath, args, {
    cwd: dataDir,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PORT: String(port ?? 0),
      LLMOBSERVE_DATA_DIR: dataDir,
      LLMOBSERVE_BOOTSTRAP_KEY: keys.join(','),
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      ...env,
    },
  });
  if (child.pid !== undefined) child.once('exit', reapProcess(child.pid));
  return child;
}

function collectLog(child: ChildProcess): () => string {
  let log = '';
  const keep = (text: string): void => void (log = (log + text).slice(-MAX_LOG_CHARACTERS));
  child.stdout?.setEncoding('utf8').on('data', keep);
  child.stderr?.setEncoding('utf8').on('data', keep);
  return () => log;
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | undefined> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
  return child.exitCode ?? undefined;
}
