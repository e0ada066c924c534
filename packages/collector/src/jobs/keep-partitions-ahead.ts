import type { PartitionOutcome } from '../store/index.ts';
import type { Job } from './start-scheduler.ts';

const SIX_HOURS_MS = 6 * 3_600_000;

export type KeepPartitionsAheadDeps = {
  readonly makePartitions: (nowMs: number) => Promise<readonly PartitionOutcome[]>;
  readonly clock: { nowMs(): number };
  readonly log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
};

/** Makes the months to come, so that events find a partition of their own; without it they are kept in the default one. */
export function keepPartitionsAhead(deps: KeepPartitionsAheadDeps): Job {
  return {
    name: 'keep-partitions-ahead',
    everyMs: SIX_HOURS_MS,
    run: async () => {
      const outcomes = await deps.makePartitions(deps.clock.nowMs());
      for (const { name, outcome } of outcomes) {
        if (outcome === 'made') deps.log.info({ partition: name }, 'made a partition');
        if (outcome === 'full')
          deps.log.warn({ partition: name }, 'a month stays in the default partition: too many of its events are there');
      }
    },
  };
}
