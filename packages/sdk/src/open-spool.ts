import { attempt } from './attempt.ts';
import { loadBuiltin } from './load-builtin.ts';
import { findFolder, Spool, type SpoolDeps, type SpoolOwner } from './spool/index.ts';

export type OpenSpoolDeps = Pick<SpoolDeps, 'clock' | 'timers' | 'diagnostics'> & { readonly instance: () => string };

const MAX_SPOOL_BYTES = 256 * 1024 * 1024;
const PLACE_LENGTH = 12;

/** The spool on this machine's disk; a part of the composition root that touches nothing before there is something to keep. */
export function openSpool({ instance, ...deps }: OpenSpoolDeps, owner: SpoolOwner): Spool {
  const fs: SpoolDeps['fs'] = () => loadBuiltin('node:fs');
  const digest = (text: string): string => loadBuiltin('node:crypto').createHash('sha256').update(text).digest('hex');
  const birthOf = (pid: number): string | undefined => {
    const stat = attempt(() => fs().readFileSync(`/proc/${pid}/stat`, 'latin1'));
    if (stat === undefined) return isRunning(pid) ? '' : undefined;
    // Behind the name, which may hold anything: the third word tells how it is, the twenty-second when it began.
    const words = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return words[0] === 'Z' ? undefined : words[19];
  };
  const findPlace = (): string => {
    // Pods may have one host name, and each numbers its processes from one.
    const numbering = attempt(
      () => fs().readlinkSync('/proc/self/ns/pid') + fs().readFileSync('/proc/sys/kernel/random/boot_id', 'latin1'),
    );
    const { hostname, platform } = loadBuiltin('node:os');
    return digest(hostname() + (numbering ?? (platform() === 'linux' ? instance() : ''))).slice(0, PLACE_LENGTH);
  };
  let me: ReturnType<SpoolDeps['me']> | undefined;
  return new Spool(
    {
      ...deps,
      fs,
      checksum: digest,
      maxBytes: MAX_SPOOL_BYTES,
      me: () => (me ??= { place: findPlace(), pid: process.pid, birth: birthOf(process.pid) ?? '', instance: instance() }),
      birthOf,
      findFolder: (target, isNeeded) =>
        findFolder(target, isNeeded, {
          fs,
          digest,
          tmpdir: () => loadBuiltin('node:os').tmpdir(),
          uid: () => process.geteuid?.(),
          onRefused: (reason) => deps.diagnostics.warnOnce('spool_folder', reason),
        }),
    },
    owner,
  );
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process runs too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
