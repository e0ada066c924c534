import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installFolder } from './install-folder.ts';

export const NODE_MAJORS = [20, 22, 24, 26] as const;
export type NodeMajor = (typeof NODE_MAJORS)[number];

/** The major that runs this suite, and with it the one that needs no install. */
export const OWN_MAJOR: NodeMajor = 24;

/** Finds a Node of this major, installing it if need be: its path. */
export function findRuntime(major: NodeMajor): string {
  if (major === OWN_MAJOR) return process.execPath;
  const folder = join(import.meta.dirname, '..', 'runtimes', `node-${major}`);
  installFolder(folder);
  const manifest = createRequire(join(folder, 'package.json')).resolve(`node-${process.platform}-${process.arch}/package.json`);
  const binary = join(manifest, '..', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(binary)) throw new Error(`no Node ${major} for ${process.platform}-${process.arch} in ${folder}`);
  return binary;
}
