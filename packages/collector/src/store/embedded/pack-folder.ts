import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

type PackedFile = { readonly path: string; readonly sizeBytes: number };
type Packed = { readonly folders: readonly string[]; readonly files: readonly PackedFile[] };

const LINE_FEED = 0x0a;

/** Packs a folder into one compressed file: a line of JSON that lists it, then the bytes of its files. */
export function packFolder(folder: string): Buffer {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  const isFile = (path: string) => statSync(join(folder, path)).isFile();
  const contents = paths.filter(isFile).map((path) => ({ path, bytes: readFileSync(join(folder, path)) }));
  const packed: Packed = {
    folders: paths.filter((path) => !isFile(path)).map(withSlashes),
    files: contents.map(({ path, bytes }) => ({ path: withSlashes(path), sizeBytes: bytes.length })),
  };
  return gzipSync(Buffer.concat([Buffer.from(`${JSON.stringify(packed)}\n`), ...contents.map(({ bytes }) => bytes)]));
}

/** Writes what was packed into a folder, which is made. */
export function unpackFolder(pack: Buffer, folder: string): void {
  const bytes = gunzipSync(pack);
  let at = bytes.indexOf(LINE_FEED) + 1;
  // Safe because the pack is our own, made by the build.
  const { folders, files } = JSON.parse(bytes.toString('utf8', 0, at)) as Packed;
  for (const path of ['', ...folders]) mkdirSync(join(folder, path), { recursive: true, mode: 0o700 });
  for (const { path, sizeBytes } of files) {
    writeFileSync(join(folder, path), bytes.subarray(at, at + sizeBytes), { mode: 0o600 });
    at += sizeBytes;
  }
}

function withSlashes(path: string): string {
  return path.split(sep).join('/');
}
