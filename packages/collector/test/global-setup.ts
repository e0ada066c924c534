import { reapFolder } from '@llmobserve/testkit';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { unpackFolder } from '../src/store/embedded/pack-folder.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Entry file of the collector as it is published, which starts in a quarter of the time that its source takes. */
    readonly builtCollector: string;
    /** A fresh embedded database, to be copied: making one takes seconds. */
    readonly embeddedTemplate: string;
  }
}

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const TSUP = join(dirname(createRequire(import.meta.url).resolve('tsup/package.json')), 'dist', 'cli-default.js');

let folder: string | undefined;

/** Builds the collector once for all tests, where it finds what it imports. */
export function setup(project: TestProject): void {
  mkdirSync(join(PACKAGE, 'node_modules'), { recursive: true });
  folder = mkdtempSync(join(PACKAGE, 'node_modules', '.test-'));
  reapFolder(folder);
  const outDir = resolve(folder, 'collector');
  execFileSync(process.execPath, [TSUP, '--out-dir', outDir, '--silent'], { cwd: PACKAGE });
  const template = join(folder, 'database');
  unpackFolder(readFileSync(join(outDir, 'pglite-template.gz')), template);
  project.provide('builtCollector', join(outDir, 'main.js'));
  project.provide('embeddedTemplate', template);
}

export function teardown(): void {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
