import type fs from 'node:fs';
import type { SpoolTarget } from './spool.ts';

export type FindFolderDeps = {
  readonly fs: () => typeof fs;
  readonly tmpdir: () => string;
  /** Undefined where the system knows no such numbers. */
  readonly uid: () => number | undefined;
  readonly digest: (text: string) => string;
  /** Says once why there is none. */
  readonly onRefused: (reason: string) => void;
};

const NAME_LENGTH = 24;

/**
 * Finds the folder for one key and address. The place of temporary files is everybody's, so what is ours in it has to be
 * a real folder that belongs to this user alone; a folder the app names is the app's own care.
 */
export function findFolder({ root, target }: SpoolTarget, deps: FindFolderDeps): string | undefined {
  const { mkdirSync, lstatSync } = deps.fs();
  const uid = deps.uid();
  const home = root ?? `${deps.tmpdir()}/llmobserve-${uid ?? 'user'}`;
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const stat = lstatSync(home);
    if (root === undefined && (!stat.isDirectory() || (uid !== undefined && (stat.uid !== uid || (stat.mode & 0o077) !== 0)))) {
      throw new Error('others may read or write it');
    }
    return `${home}/${deps.digest(target).slice(0, NAME_LENGTH)}`;
  } catch (error) {
    deps.onRefused(`nothing is kept in ${home}: ${String(error)}`);
    return undefined;
  }
}
