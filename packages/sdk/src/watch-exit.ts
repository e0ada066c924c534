import { inBackground } from './in-background.ts';

/** The part of `process` that tells how it ends. */
type ExitingProcess = Pick<NodeJS.Process, 'pid' | 'on' | 'off' | 'prependListener' | 'listenerCount' | 'kill'>;

export type ExitHooks = {
  /** Sends what waits, soon and without holding anybody up: the app goes on, or ends in its own time. */
  readonly hurry: () => void;
  /** Sends what waits when nothing else can come, and ends what is still under way after the time. */
  readonly flushAtRest: (timeoutMs: number) => Promise<void>;
  /** Sends what waits and captures no more; ends what is still under way after the time. */
  readonly finish: (timeoutMs: number) => Promise<void>;
  /** Counts what could not be sent; must not wait. */
  readonly countLost: () => void;
};

export type WatchExitDeps = {
  readonly process: ExitingProcess;
  readonly monotonicMs: () => number;
  readonly afterThisEvent: (fn: () => void) => void;
  readonly onFault: (error: unknown) => void;
};

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];
/** No end of a process is held up longer than this in sum, so that with the runtime's own part it stays below two seconds. */
const EXIT_BUDGET_MS = 1700;

/** Sends what waits when the process ends, and leaves exit code, signal and the app's own handlers as they are. */
export function watchExit(deps: WatchExitDeps, hooks: ExitHooks): { close(): void } {
  let budgetMs = EXIT_BUDGET_MS;
  let isEnding = false;
  let isClosed = false;

  async function spend(finish: (timeoutMs: number) => Promise<void>): Promise<void> {
    const startMs = deps.monotonicMs();
    await finish(budgetMs);
    budgetMs = Math.max(0, budgetMs - (deps.monotonicMs() - startMs));
  }

  function onBeforeExit(): void {
    // It comes again each time something was done, so the budget is one for all of them.
    if (budgetMs > 0) inBackground(spend(hooks.flushAtRest), deps.onFault);
  }

  function onSignal(signal: NodeJS.Signals): void {
    const isAppListening = deps.process.listenerCount(signal) > 1;
    // Out of the way while the app's handlers run: some count the listeners to find out whether they are alone.
    deps.process.off(signal, onSignal);
    if (isAppListening) {
      deps.afterThisEvent(() => {
        if (!isClosed) deps.process.prependListener(signal, onSignal);
      });
      hooks.hurry();
      return;
    }
    if (isEnding) return;
    isEnding = true;
    inBackground(endBy(signal), deps.onFault);
  }

  async function endBy(signal: NodeJS.Signals): Promise<void> {
    try {
      await spend(hooks.finish);
      hooks.countLost();
    } finally {
      // Whatever happened: the signal was not ours to keep.
      close();
      deps.process.kill(deps.process.pid, signal);
    }
  }

  function close(): void {
    isClosed = true;
    deps.process.off('beforeExit', onBeforeExit);
    deps.process.off('exit', hooks.countLost);
    for (const signal of SIGNALS) deps.process.off(signal, onSignal);
  }

  deps.process.on('beforeExit', onBeforeExit);
  deps.process.on('exit', hooks.countLost);
  // In front, so that a handler that is there once is still counted.
  for (const signal of SIGNALS) deps.process.prependListener(signal, onSignal);
  return { close };
}
