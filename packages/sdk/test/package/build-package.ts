import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'tsup';

export type BuiltPackage = {
  /** A folder in which `llmobserve` is installed as built. */
  readonly folder: string;
  write(name: string, text: string): Promise<string>;
  /** Puts a script and everything it imports into one file. */
  bundle(name: string, format: 'esm' | 'cjs'): Promise<string>;
  remove(): Promise<void>;
};

const run = promisify(execFile);
const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));

/** Builds the package as it is published and installs it in an empty project, where nothing of this repository is near. */
export async function buildPackage(): Promise<BuiltPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'llmobserve-package-'));
  const installed = join(folder, 'node_modules', 'llmobserve');
  await mkdir(installed, { recursive: true });
  await cp(join(PACKAGE, 'package.json'), join(installed, 'package.json'));
  const tsup = join(dirname(fileURLToPath(import.meta.resolve('tsup'))), 'cli-default.js');
  await run(process.execPath, [tsup, '--out-dir', join(installed, 'dist'), '--no-dts', '--silent'], { cwd: PACKAGE });

  async function write(name: string, text: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  }

  return {
    folder,
    write,
    async bundle(name, format) {
      const outDir = join(folder, `bundle-${format}`);
      const extension = format === 'esm' ? '.mjs' : '.cjs';
      await build({
        config: false,
        entry: [join(folder, name)],
        format,
        outDir,
        outExtension: () => ({ js: extension }),
        platform: 'node',
        target: 'node20',
        noExternal: [/./],
        splitting: false,
        minify: true,
        silent: true,
      });
      return join(outDir, name.replace(/\.\w+$/, extension));
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
