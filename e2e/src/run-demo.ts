import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reapProcess } from '@llmobserve/testkit';

const ROOT = join(import.meta.dirname, '..', '..');

/** The demo, as `npm run demo` runs it. */
export type Demo = {
  readonly pid: number;
  readonly said: () => string;
  /** Waits for the line with the address, and gives the link. */
  waitForLink(): Promise<string>;
  /** The processes it has started, and theirs. */
  listChildren(): readonly number[];
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void;
  waitForEnd(): Promise<number | null>;
};

/** Starts the demo with nothing but this environment. */
export function runDemo(env: Readonly<Record<string, string>>, args: readonly string[] = []): Demo {
  const child = spawn(process.execPath, ['scripts/demo.ts', ...args], {
    cwd: ROOT,
    env: { PATH: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pid = child.pid ?? 0;
  child.once('exit', reapProcess(pid));
  let said = '';
  const ended = once(child, 'close');
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const readLink = (): string | undefined => /^Dashboard: (\S+)$/m.exec(said)?.[1];
  return {
    pid,
    said: () => said,
    waitForLink: async () => {
      const isOver = ended.then(() => 'over' as const);
      while (readLink() === undefined) {
        if ((await Promise.race([once(child.stdout, 'data'), isOver])) === 'over')
          throw new Error(`the demo ended without a link:\n${said}`);
      }
      return readLink() ?? '';
    },
    listChildren: () => descendantsOf(pid),
    end: (signal) => void child.kill(signal),
    waitForEnd: async () => {
      await ended;
      return child.exitCode;
    },
  };
}

type Process = { readonly pid: number; readonly parent: number };

/** True while the process runs; one that has ended and was not yet collected by its parent does not. */
export function isRunning(pid: number): boolean {
  return listProcesses().some((process) => process.pid === pid);
}

function descendantsOf(pid: number, all: readonly Process[] = listProcesses()): readonly number[] {
  return all.filter((process) => process.parent === pid).flatMap((child) => [child.pid, ...descendantsOf(child.pid, all)]);
}

/** From `/proc` where there is one, since small containers have no `ps`. */
function listProcesses(): readonly Process[] {
  if (existsSync('/proc/self/stat'))
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap(readStat);
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => !state?.startsWith('Z'))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));
}

/** The state and the parent stand behind the name, which may hold anything but ends with the last bracket. */
function readStat(pid: string): readonly Process[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? [] : [{ pid: Number(pid), parent: Number(parent) }];
  } catch {
    return [];
  }
}
