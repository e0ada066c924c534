// Start, and say who calls are for.
export { init } from './init.ts';
export { observe } from './observe.ts';
export { agent, run, section, setCustomer, step, tool, withCustomer, withTags } from './attribution/index.ts';

// Tell of what is not captured by itself, and go on in another process.
export { track } from './track/index.ts';
export { exportContext, importContext } from './carry/index.ts';

// Deliver, and look.
export { flush } from './flush.ts';
export { shutdown } from './shutdown.ts';
export { stats } from './stats.ts';
export { withFlush } from './serverless/index.ts';

export type { InitOptions } from './config.ts';
export type { Content, Redact } from './fit-content.ts';
export type { Stats } from './runtime.ts';
export type { TrackedCall } from './track/index.ts';
export type { CustomerRef, EventKind, Tags, Usage } from '@llmobserve/protocol';
