import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DemoError } from './read-demo-config.ts';

export type BuildDeps = {
  /** The repository. */
  readonly root: string;
  readonly say: (line: string) => void;
  /** Ends the build when the demo is over before it. */
  readonly signal: AbortSignal;
};

/**
 * Builds the dashboard's pages when they are missing or older than what they are made of.
 *
 * @throws {DemoError} with what the build says.
 */
export async function buildDashboard({ root, say, signal }: BuildDeps): Promise<void> {
  const dashboard = join(root, 'packages', 'dashboard');
  if (!isStale(newestMs(dashboard, ['dist/index.html']), newestMs(root, sourcesOf(root)))) return;
  say('Building the dashboard …');
  const vite = join(dirname(createRequire(join(dashboard, 'package.json')).resolve('vite/package.json')), 'bin', 'vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: dashboard, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (log += text));
  const [code] = (await once(child, 'close')) as [number | null];
  signal.removeEventListener('abort', stop);
  if (code !== 0) throw new DemoError(`The dashboard could not be built:\n${log}`);
}

/** Pure decision: what was never built is stale, and what was built before its newest source. */
export function isStale(builtMs: number | undefined, newestSourceMs: number | undefined): boolean {
  return builtMs === undefined || (newestSourceMs !== undefined && newestSourceMs > builtMs);
}

function sourcesOf(root: string): readonly string[] {
  const patterns = ['packages/dashboard/{src,public}/**/*', 'packages/dashboard/*.{html,ts,json}', 'packages/protocol/src/**/*'];
  return globSync(patterns, { cwd: root });
}

function newestMs(folder: string, paths: readonly string[]): number | undefined {
  const times = paths.map((path) => statSync(join(folder, path), { throwIfNoEntry: false })?.mtimeMs);
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
