import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { DemoError, type Env } from './read-demo-config.ts';

const END_WITH_PARENT = new URL('./end-with-parent.ts', import.meta.url).href;
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 12_000;
const MAX_LOG_CHARACTERS = 10_000;

/** A process of the demo's own. */
export type Child = {
  /**
   * Waits for its first line on stdout.
   *
   * @throws {DemoError} with its last words when it ends before.
   */
  readFirstLine(): Promise<string>;
  /** Resolves with a sentence when it ends, asked to or not. */
  readonly ended: Promise<string>;
  /** Ends it with SIGTERM, and by force when that takes too long. */
  stop(): Promise<void>;
  kill(): void;
};

/** Starts a part of the demo from source. */
export function startChild(name: string, entry: string, env: Env): Child {
  const child = fork(entry, {
    execPath: process.execPath,
    execArgv: ['--conditions=llmobserve-source', `--import=${END_WITH_PARENT}`, '--disable-warning=ExperimentalWarning'],
    env: { ...env },
    // A group of its own: Ctrl-C reaches the demo alone, which then stops its parts in order.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = collectLog(child);
  const firstLine = readLine(child);
  const ended = once(child, 'close').then(
    ([code]) => `The ${name} ended${typeof code === 'number' ? ` (exit code ${code})` : ''}:\n${lastWords(log())}`,
  );
  return {
    ended,
    readFirstLine: async () => {
      const line = await Promise.race([firstLine, ended.then(() => undefined), wait(START_TIMEOUT_MS, undefined, { ref: false })]);
      if (line !== undefined) return line;
      throw new DemoError(lastWords(log()) || `The ${name} did not start within ${START_TIMEOUT_MS / 1000} s.`);
    },
    stop: () => stop(child),
    kill: () => void child.kill('SIGKILL'),
  };
}

function collectLog(child: ChildProcess): () => string {
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-MAX_LOG_CHARACTERS)));
  return () => log;
}

/** What was said to people; lines of JSON are for machines, and are shown only when there is nothing else. */
export function lastWords(log: string): string {
  const lines = log.trim().split('\n');
  const said = lines.filter((line) => !line.startsWith('{'));
  return (said.length > 0 ? said : lines).join('\n');
}

function readLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      // What comes after the first line is read and dropped, so that the child never waits for us.
      if (text.includes('\n')) return;
      text += chunk;
      const end = text.indexOf('\n');
      if (end !== -1) resolve(text.slice(0, end));
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}
