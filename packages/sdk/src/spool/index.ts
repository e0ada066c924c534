export { findFolder } from './find-folder.ts';
export { NO_SPOOL } from './no-spool.ts';
export type { SpoolTarget } from './own-folder.ts';
export { Spool } from './spool.ts';
export type { SpoolDeps, SpoolOwner } from './spool.ts';
