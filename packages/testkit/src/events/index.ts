export { makeBatch } from './make-batch.ts';
export { makeEvent } from './make-event.ts';
export { randomKey } from './random-key.ts';
