export { Outbox } from './outbox.ts';
export type { OutboxSpool, Segment } from './outbox.ts';
