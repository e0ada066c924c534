import { spawnSync } from 'node:child_process';
import type { Env } from './read-demo-config.ts';

const PARENT_CHECK_MS = 500;

/** How the demo learns that it is over. */
export type Stop = {
  /** Aborted at the first SIGINT or SIGTERM, or when npm has gone. */
  readonly asked: AbortSignal;
  /** Aborted when it is asked a second time, by somebody who does not want to wait. */
  readonly insisted: AbortSignal;
};

/** Listens for the signals; npm hands them on to the demo, save when it is killed itself. */
export function awaitStop(env: Env): Stop {
  const asked = new AbortController();
  const insisted = new AbortController();
  const ask = (): void => (asked.signal.aborted ? insisted : asked).abort();
  process.on('SIGINT', ask).on('SIGTERM', ask).on('SIGHUP', ask);
  if (env['npm_lifecycle_event'] !== undefined) watchNpm(() => asked.abort());
  return { asked: asked.signal, insisted: insisted.signal };
}

function watchNpm(onGone: () => void): void {
  const parent = process.ppid;
  const npm = npmBehind(spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(parent)], { encoding: 'utf8' }).stdout) ?? parent;
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(npm)) return;
    clearInterval(timer);
    onGone();
  }, PARENT_CHECK_MS);
  timer.unref();
}

/** npm starts a script through a shell, which may stay between the two; what `ps` says of the parent tells. */
export function npmBehind(parent: string | null): number | undefined {
  const [, pid, command = ''] = /^\s*(\d+)\s+(.*)$/m.exec(parent ?? '') ?? [];
  return command.trim().endsWith('sh') ? Number(pid) : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
