import { PGlite } from '@electric-sql/pglite';
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

/** The build takes along what is read at run time: the migrations, and the dashboard's files where they are built. */
function copyFiles(): void {
  cpSync('src/store/migrations', 'dist/migrations', { recursive: true, filter: (path) => !path.endsWith('_snapshot.json') });
  if (existsSync('../dashboard/dist')) cpSync('../dashboard/dist', 'dist/dashboard', { recursive: true });
}

/** A fresh embedded database, so that a first start need not make one. */
async function makeTemplate(): Promise<void> {
  const database = await PGlite.create();
  const template = await database.dumpDataDir('gzip');
  await database.close();
  writeFileSync('dist/pglite-template.tgz', Buffer.from(await template.arrayBuffer()));
}

export default defineConfig({
  entry: { main: 'src/main.ts', 'pglite-worker': 'src/store/embedded/pglite-worker.ts' },
  format: ['esm'],
  platform: 'node',
  target: 'node22',
  // `node:sqlite` has no other name.
  removeNodeProtocol: false,
  // Not published by themselves.
  noExternal: ['@llmobserve/protocol', '@llmobserve/pricing'],
  esbuildOptions(options) {
    options.conditions = ['llmobserve-source'];
  },
  banner: { js: '#!/usr/bin/env node' },
  clean: true,
  splitting: false,
  sourcemap: false,
  onSuccess: async () => {
    copyFiles();
    await makeTemplate();
  },
});
