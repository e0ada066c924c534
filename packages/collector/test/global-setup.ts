import { PGlite } from '@electric-sql/pglite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A fresh embedded database, to be copied: making one takes seconds. */
    readonly embeddedTemplate: string;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'llmobserve-template-'));

export async function setup(project: TestProject): Promise<void> {
  const template = join(folder, 'database');
  const database = await PGlite.create(template);
  await database.close();
  project.provide('embeddedTemplate', template);
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
