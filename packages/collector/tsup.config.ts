import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Options } from 'tsup';

import { writeNotices } from './build/write-notices.ts';
import { writeTemplate } from './build/write-template.ts';

type Plugins = NonNullable<Options['plugins']>;

/** The build takes along what is read at run time: the migrations, a fresh database, and the dashboard where it is built. */
const runtimeFiles: Plugins[number] = {
  name: 'runtime-files',
  async buildEnd() {
    const { outDir } = this.options;
    cpSync('src/store/migrations', join(outDir, 'migrations'), { recursive: true, filter: (path) => !path.endsWith('_snapshot.json') });
    if (existsSync('../dashboard/dist')) cpSync('../dashboard/dist', join(outDir, 'dashboard'), { recursive: true });
    await writeTemplate(join(outDir, 'pglite-template.gz'));
  },
};

export default defineConfig({
  entry: { main: 'src/main.ts', 'pglite-worker': 'src/store/embedded/pglite-worker.ts' },
  format: ['esm'],
  platform: 'node',
  target: 'node22',
  // `node:sqlite` has no other name.
  removeNodeProtocol: false,
  // Everything but the embedded engine, which finds files of its own: one read starts in a third of the time and half of the
  // memory that a thousand modules take (110 instead of 280 MB on a server).
  noExternal: [/^(?!@electric-sql\/pglite|pg-native)/],
  external: ['@electric-sql/pglite', 'pg-native'],
  splitting: true,
  // Names stay, for whoever reads a stack.
  minifyWhitespace: true,
  minifySyntax: true,
  esbuildOptions(options) {
    options.conditions = ['llmobserve-source'];
  },
  esbuildPlugins: [
    {
      name: 'notices',
      setup: (build) => {
        build.initialOptions.metafile = true;
        build.onEnd(({ metafile }) =>
          writeNotices(metafile?.inputs ?? {}, join(build.initialOptions.outdir ?? '', 'third-party-licenses.txt')),
        );
      },
    },
  ],
  // What is bundled may be CommonJS, which asks for Node's own modules in its own way.
  banner: { js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);" },
  plugins: [runtimeFiles],
  clean: true,
  sourcemap: false,
});
