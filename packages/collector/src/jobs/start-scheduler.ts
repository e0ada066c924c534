/** Work that is done again and again; it must be safe to end at any moment and to begin anew. */
export type Job = { readonly name: string; readonly everyMs: number; readonly run: () => Promise<void> };

export type SchedulerDeps = {
  readonly log: { error(fields: object, message: string): void };
  /** Calls back at intervals until the returned function is called. */
  readonly every: (intervalMs: number, work: () => void) => () => void;
};

export type Scheduler = {
  /** Starts nothing new, and resolves when what runs has ended. */
  stop(): Promise<void>;
};

/** Runs each job at its interval; a job that still runs when its turn comes again skips that turn. */
export function startScheduler(deps: SchedulerDeps, jobs: readonly Job[]): Scheduler {
  const running = new Map<Job, Promise<void>>();
  const stops = jobs.map((job) =>
    deps.every(job.everyMs, () => {
      if (running.has(job)) return;
      running.set(
        job,
        runOnce(deps, job).finally(() => running.delete(job)),
      );
    }),
  );
  return {
    stop: async () => {
      for (const stop of stops) stop();
      await Promise.all(running.values());
    },
  };
}

/** A job that fails is tried again in its next turn. */
async function runOnce(deps: SchedulerDeps, job: Job): Promise<void> {
  try {
    await job.run();
  } catch (error) {
    deps.log.error({ err: error, job: job.name }, 'a job failed and will be tried again');
  }
}
