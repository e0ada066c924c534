export { EventQueue } from './event-queue.ts';
export type { BatchBounds, QueuedEvent } from './event-queue.ts';
export { flushReason } from './flush-reason.ts';
export type { FlushLimits, FlushReason, QueueState } from './flush-reason.ts';
