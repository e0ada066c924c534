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
  if (env['npm_lifecycle_event'] !== undefined) watchParent(() => asked.abort());
  return { asked: asked.signal, insisted: insisted.signal };
}

function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, PARENT_CHECK_MS);
  timer.unref();
}
