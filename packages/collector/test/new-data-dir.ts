import { reapFolder } from '@llmobserve/testkit';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';

/** Makes a data directory of the test's own, whose embedded database is fresh; it is gone when the process ends. */
export function newDataDir(): string {
  const dataDir = newFolder();
  cpSync(inject('embeddedTemplate'), join(dataDir, 'database'), { recursive: true });
  return dataDir;
}

/** Makes an empty folder of the test's own. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'llmobserve-test-'));
  reapFolder(folder);
  return folder;
}
