import type { EngineSpool } from '../engine-deps.ts';

/** Where there are no files: everything is only in memory. */
export const NO_SPOOL: EngineSpool = {
  use: () => undefined,
  save: () => undefined,
  settle: () => undefined,
  park: () => undefined,
  takeUp: () => undefined,
  giveUp: () => undefined,
  adopt: () => undefined,
  close: () => undefined,
  hasBacklog: false,
};
