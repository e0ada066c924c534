import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

const ROOT = join(import.meta.dirname, '..', '..');

declare module 'vitest' {
  export interface ProvidedContext {
    /** The packed SDK, as it would be published. */
    readonly tarball: string;
  }
}

/** Builds what is published and packs the SDK once for all tests; vitest calls it before the first. */
export function setup(project: TestProject): () => void {
  execFileSync(process.execPath, ['scripts/turbo.ts', 'run', 'build', '--output-logs=errors-only'], { cwd: ROOT, stdio: 'inherit' });
  const folder = mkdtempSync(join(tmpdir(), 'llmobserve-packed-'));
  // Without its scripts: the build is fresh, and a second one would take files away from tests that run beside this.
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, '-w', 'llmobserve'];
  const packed = execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  // Safe because npm describes what it packed as a list of one, or under the package's name from npm 12 on.
  const described = JSON.parse(packed) as readonly { readonly filename: string }[];
  project.provide('tarball', join(folder, described[0]?.filename ?? 'llmobserve.tgz'));
  return () => rmSync(folder, { recursive: true, force: true });
}
