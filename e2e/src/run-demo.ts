import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
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

/** True while the process runs; one that has ended and was not yet collected by its parent does not. */
export function isRunning(pid: number): boolean {
  return readStat(pid) !== undefined;
}

function descendantsOf(pid: number): readonly number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((other) => readStat(other)?.parent === pid);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

/** The state and the parent stand behind the name, which may hold anything but ends with the last bracket. */
function readStat(pid: number): { readonly parent: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? undefined : { parent: Number(parent) };
  } catch {
    return undefined;
  }
}
