// Start, and say who calls are for.
export { init } from './init.ts';
export { agent, run, section, setCustomer, step, tool, withCustomer } from './attribution/index.ts';

// Deliver, and look.
export { flush } from './flush.ts';
export { shutdown } from './shutdown.ts';
export { stats } from './stats.ts';

export type { InitOptions } from './config.ts';
export type { Stats } from './runtime.ts';
export type { CustomerRef, Tags } from '@llmobserve/protocol';
