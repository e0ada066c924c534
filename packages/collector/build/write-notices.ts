import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Which files stand in the build, as its metafile lists them, by path from the package. */
export type BuildInputs = { readonly [path: string]: unknown };

const PACKAGE_FOLDER = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const LICENSE_FILE = /^(licen[cs]e|notice|copying)/i;

/** Writes down under which licenses the packages stand that are part of the build: most ask that their notice goes along. */
export function writeNotices(inputs: BuildInputs, file: string): void {
  const folders = new Set(Object.keys(inputs).flatMap((path) => PACKAGE_FOLDER.exec(path)?.[1] ?? []));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    [...folders]
      .toSorted()
      .map(noticeOf)
      .join(`\n${'-'.repeat(80)}\n\n`),
  );
}

function noticeOf(folder: string): string {
  const { name, version, license } = readManifest(folder);
  const texts = readdirSync(folder).filter((entry) => LICENSE_FILE.test(entry));
  return [`${name} ${version} (${license})\n`, ...texts.map((entry) => readFileSync(join(folder, entry), 'utf8'))].join('\n');
}

type Manifest = { readonly name: string; readonly version: string; readonly license: string };

function readManifest(folder: string): Manifest {
  // Safe because npm installs no package whose manifest lacks these.
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}
