import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync, cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import type { Client } from './clients.ts';
import { installFolder } from './install-folder.ts';
import { writeProgram, type LoadOrder } from './load-orders.ts';

const HERE = join(import.meta.dirname, '..');
const SDK_MANIFEST = join(HERE, '..', 'packages', 'sdk', 'package.json');
/** So that what esbuild finds in CommonJS clients can be required from an ES module. */
const ESM_BANNER = `import { createRequire as createBundleRequire } from 'node:module'; const require = createBundleRequire(import.meta.url);`;

/** What clients would like to have and can do without. */
const OPTIONAL_PACKAGES = ['@huggingface/transformers', 'onnxruntime-node'];

/** A program ready to be started. */
export type ReadyProgram = { readonly folder: string; readonly file: string; readonly flags: readonly string[]; readonly hasSdk?: boolean };

/** An app of a customer: a client and the packed SDK, nothing else of this repository near it. */
export type Project = {
  /** Of the client, exactly. */
  readonly version: string;
  prepare(order: LoadOrder, modules: readonly string[], hasSdk: boolean): Promise<ReadyProgram>;
};

export type ProjectOptions = { readonly cacheFolder: string; readonly sdkFolder: string; readonly client: Client };

/** Links the client and the SDK into a folder of their own and copies the cases there. */
export function createProject({ cacheFolder, sdkFolder, client }: ProjectOptions): Project {
  const folder = join(cacheFolder, 'projects', client.name.replaceAll(/[^\w.]+/g, '-'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'app', private: true }));
  if (client.folder !== undefined) installFolder(join(HERE, 'clients', client.folder));
  for (const [name, installedAs] of Object.entries(client.links)) link(folder, name, findPackage(client, installedAs));
  link(folder, 'llmobserve', sdkFolder);
  cpSync(join(HERE, 'cases'), folder, { recursive: true });
  const [main = ''] = Object.keys(client.links);
  return {
    version: readVersion(join(folder, 'node_modules', main)),
    prepare: (order, modules, hasSdk) => prepare(folder, client.family, { order, modules, hasSdk }),
  };
}

function readVersion(packageFolder: string): string {
  // Safe because npm installs nothing without a version.
  return (JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { readonly version: string }).version;
}

type Wish = { readonly order: LoadOrder; readonly modules: readonly string[]; readonly hasSdk: boolean };

async function prepare(folder: string, family: string, wish: Wish): Promise<ReadyProgram> {
  const program = writeProgram({ ...wish, family });
  for (const [name, text] of Object.entries(program.files)) writeFileSync(join(folder, name), text);
  if (program.bundle === undefined) return { folder, file: program.entry, flags: program.flags, hasSdk: wish.hasSdk };
  const file = join('bundle', program.bundle === 'esm' ? 'main.mjs' : 'main.cjs');
  await build({
    entryPoints: [join(folder, program.entry)],
    outfile: join(folder, file),
    bundle: true,
    format: program.bundle,
    platform: 'node',
    target: 'node20',
    external: OPTIONAL_PACKAGES,
    logLevel: 'error',
    ...(program.bundle === 'esm' ? { banner: { js: ESM_BANNER } } : {}),
  });
  return { folder, file, flags: program.flags, hasSdk: wish.hasSdk };
}

function link(folder: string, name: string, target: string): void {
  const path = join(folder, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'junction');
}

/** Where a package is installed: in the client's folder, else wherever npm put it for the SDK's own tests. */
function findPackage(client: Client, installedAs: string): string {
  if (client.folder !== undefined) {
    const path = join(HERE, 'clients', client.folder, 'node_modules', installedAs);
    if (!existsSync(path)) throw new Error(`${client.name}: ${path} is not there`);
    return path;
  }
  const entry = createRequire(SDK_MANIFEST).resolve(installedAs);
  const marker = join('node_modules', ...installedAs.split('/'));
  return entry.slice(0, entry.lastIndexOf(marker) + marker.length);
}
