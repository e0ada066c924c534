/** A process as the name of its folder tells of it. */
export type Owner = { readonly host: string; readonly pid: number; readonly startedAtS: number };

export type OwnerSurroundings = {
  readonly me: Owner;
  readonly nowMs: number;
  readonly isRunning: (pid: number) => boolean;
};

/** What a process leaves when it ends in order is anybody's. */
export const FREE = 'free';
/** Owners that live touch their folder three times as often. */
const SILENT_AFTER_MS = 60_000;
/** A machine may sleep through a night with all its processes; after that its number has gone to another. */
const LONG_SILENT_AFTER_MS = 86_400_000;
/** Threads of one process read its start from two clocks. */
const CLOCK_TOLERANCE_S = 2;

export function ownerName({ host, pid, startedAtS }: Owner): string {
  return `${host}-${pid}-${startedAtS}-`;
}

/**
 * Decides whether a folder's owner will never come back to it. Numbers of processes come again, above all in containers,
 * so the number counts only together with host and start; across hosts only silence tells.
 */
export function isOwnerGone(name: string, touchedAtMs: number, { me, nowMs, isRunning }: OwnerSurroundings): boolean {
  const [host, pid, startedAtS] = name.split('-');
  const silentMs = nowMs - touchedAtMs;
  if (host === FREE) return true;
  if (host !== me.host) return silentMs > SILENT_AFTER_MS;
  if (Number(pid) !== me.pid) return silentMs > LONG_SILENT_AFTER_MS || !isRunning(Number(pid));
  // A thread beside this one, or a process of long ago that had the same number.
  return Math.abs(Number(startedAtS) - me.startedAtS) > CLOCK_TOLERANCE_S;
}
