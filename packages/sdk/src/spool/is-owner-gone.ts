/** A process as the name of its folder tells of it. */
export type Owner = {
  /** Where process numbers mean the same: one boot of one machine, and of its containers one. */
  readonly place: string;
  readonly pid: number;
  /** Tells it from another process that has its number later; empty where the system does not say. */
  readonly birth: string;
};

export type OwnerSurroundings = {
  readonly me: Owner;
  /** Of the process that has a number now; undefined where none has it. */
  readonly birthOf: (pid: number) => string | undefined;
};

/** What a process leaves when it ends in order is anybody's. */
export const FREE = 'free';
/** Owners that live touch their folder three times as often. */
const SILENT_AFTER_MS = 60_000;

export function ownerName({ place, pid, birth }: Owner): string {
  return `${place}-${pid}-${birth}-`;
}

/**
 * Decides whether a folder's owner will never come back to it. Of a thread beside this one, and in other places, only
 * silence tells; that of a process that is there is none.
 */
export function isOwnerGone(name: string, silentMs: () => number, { me, birthOf }: OwnerSurroundings): boolean {
  const [place, pid, birth] = name.split('-');
  if (place === FREE) return true;
  if (place === me.place) {
    const seen = birthOf(Number(pid));
    if (seen !== birth && seen !== '') return true;
    if (Number(pid) !== me.pid) return false;
  }
  return silentMs() > SILENT_AFTER_MS;
}
