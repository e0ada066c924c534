export { findFolder } from './find-folder.ts';
export { NO_SPOOL } from './no-spool.ts';
export { Spool } from './spool.ts';
export type { SpoolDeps, SpoolOwner, SpoolTarget } from './spool.ts';
