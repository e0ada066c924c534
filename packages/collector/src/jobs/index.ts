export { keepPartitionsAhead } from './keep-partitions-ahead.ts';
export { learnRowSpread } from './learn-row-spread.ts';
export { startScheduler, type Job, type Scheduler } from './start-scheduler.ts';
