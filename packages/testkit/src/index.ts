// Stores and time
export { startPostgres, type Postgres } from './postgres/index.ts';
export { createFakeClock, type FakeClock } from './create-fake-clock.ts';
export { findFreePort } from './find-free-port.ts';
export { reapFolder, reapProcess } from './reaper.ts';

// Events
export { makeBatch, makeEvent, randomKey } from './events/index.ts';
