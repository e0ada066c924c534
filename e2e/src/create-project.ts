import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { reapFolder } from '@llmobserve/testkit';

const PROGRAMS = join(import.meta.dirname, 'programs');
const SDK_MANIFEST = join(import.meta.dirname, '..', '..', 'packages', 'sdk', 'package.json');

/** How a program of a project ended. */
export type Run = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** A customer's project: empty but for the packed SDK and the clients it uses. */
export type Project = {
  readonly folder: string;
  /** Runs one of the programs, or a file that the test has made there. */
  run(file: string, env: Readonly<Record<string, string>>): Promise<Run>;
};

export type ProjectOptions = {
  readonly tarball: string;
  readonly type: 'module' | 'commonjs';
  /** The package under which the repository keeps the openai that is wanted. */
  readonly openai?: 'openai' | 'openai-4';
};

/** Installs the SDK from its tarball, which needs no network, and links the clients that the repository has. */
export function createProject({ tarball, type, openai = 'openai' }: ProjectOptions): Project {
  const folder = mkdtempSync(join(tmpdir(), 'llmobserve-project-'));
  reapFolder(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'customer', private: true, type }));
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  link(folder, 'openai', openai);
  for (const name of ['@pinecone-database/pinecone', 'undici']) link(folder, name, name);
  for (const name of readdirSync(PROGRAMS)) cpSync(join(PROGRAMS, name), join(folder, name));
  return { folder, run: (file, env) => run(folder, file, env) };
}

function link(folder: string, name: string, installedAs: string): void {
  const target = join(folder, 'node_modules', name);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(packageFolder(installedAs), target, 'dir');
}

/** Where a package that the SDK is tested with is installed, whether npm put it at the root or beside the SDK. */
function packageFolder(name: string): string {
  const entry = createRequire(SDK_MANIFEST).resolve(name);
  const marker = join('node_modules', ...name.split('/'));
  return entry.slice(0, entry.lastIndexOf(marker) + marker.length);
}

async function run(folder: string, file: string, env: Readonly<Record<string, string>>): Promise<Run> {
  const child = spawn(process.execPath, [file], { cwd: folder, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
  await once(child, 'close');
  return { code: child.exitCode, ...texts };
}
