import { PGlite } from '@electric-sql/pglite';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packFolder } from '../src/store/embedded/pack-folder.ts';

/** Writes a fresh embedded database, packed, so that a first start need not make one. */
export async function writeTemplate(file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'llmobserve-template-'));
  const database = await PGlite.create(folder);
  await database.close();
  writeFileSync(file, packFolder(folder));
  rmSync(folder, { recursive: true });
}
