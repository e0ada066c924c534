import { loadBuiltin } from './load-builtin.ts';
import { findFolder, Spool, type SpoolDeps, type SpoolOwner } from './spool/index.ts';

export type OpenSpoolDeps = Pick<SpoolDeps, 'clock' | 'timers' | 'diagnostics'> & { readonly instance: () => string };

const MAX_SPOOL_BYTES = 256 * 1024 * 1024;
const HOST_TAG_LENGTH = 8;

/** The spool on this machine's disk; a part of the composition root that touches nothing before there is something to keep. */
export function openSpool({ instance, ...deps }: OpenSpoolDeps, owner: SpoolOwner): Spool {
  const fs: SpoolDeps['fs'] = () => loadBuiltin('node:fs');
  const digest = (text: string): string => loadBuiltin('node:crypto').createHash('sha256').update(text).digest('hex');
  let me: ReturnType<SpoolDeps['me']> | undefined;
  return new Spool(
    {
      ...deps,
      fs,
      checksum: digest,
      maxBytes: MAX_SPOOL_BYTES,
      me: () =>
        (me ??= {
          host: digest(loadBuiltin('node:os').hostname()).slice(0, HOST_TAG_LENGTH),
          pid: process.pid,
          startedAtS: Math.round(deps.clock.nowMs() / 1000 - process.uptime()),
          instance: instance(),
        }),
      isRunning,
      findFolder: (target, isNeeded) =>
        findFolder(target, isNeeded, {
          fs,
          digest,
          tmpdir: () => loadBuiltin('node:os').tmpdir(),
          uid: () => process.getuid?.(),
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
