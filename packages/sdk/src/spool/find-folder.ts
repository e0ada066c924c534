import type fs from 'node:fs';
import { attempt } from '../attempt.ts';
import type { SpoolTarget } from './own-folder.ts';

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
 * Finds the folder for one key and address, and makes the one around it where there is something to keep. The place of
 * temporary files is everybody's, so what is ours in it has to be a real folder that belongs to this user alone; a folder
 * the app names is the app's own care.
 *
 * @returns `undefined` where there is none yet, `''` where there is none that is safe to use.
 */
export function findFolder({ root, target }: SpoolTarget, isNeeded: boolean, deps: FindFolderDeps): string | undefined {
  const { mkdirSync, lstatSync, realpathSync } = deps.fs();
  const uid = deps.uid();
  const home = root ?? `${deps.tmpdir()}/llmobserve-${uid ?? 'user'}`;
  try {
    // The place of temporary files itself is not ours to make.
    if (isNeeded) attempt(() => mkdirSync(home, { recursive: root !== undefined, mode: 0o700 }));
    const stat = lstatSync(home, { throwIfNoEntry: isNeeded });
    if (!stat) return undefined;
    const isOwn = stat.isDirectory() && (uid === undefined || (stat.uid === uid && (stat.mode & 0o077) === 0));
    if (root === undefined && !isOwn) throw new Error('others may read or write it');
    // Whole: the app may go to another folder.
    return `${realpathSync(home)}/${deps.digest(target).slice(0, NAME_LENGTH)}`;
  } catch (error) {
    deps.onRefused(`nothing is kept in ${home}: ${String(error)}`);
    return '';
  }
}
