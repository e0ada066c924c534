import { readFileSync } from 'node:fs';

/** Linux counts CPU time in ticks of 10 ms. */
const TICK_US = 10_000;

/** CPU time a process has used so far, in user and in kernel mode, from Linux' /proc. */
export function readProcessCpuUs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second member is the command in brackets and may hold spaces; utime and stime are the 12th and 13th after it.
  const members = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(members[11]) + Number(members[12])) * TICK_US;
}
