export { keepPartitionsAhead } from './keep-partitions-ahead.ts';
export { startScheduler, type Job, type Scheduler } from './start-scheduler.ts';
