import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packFolder, unpackFolder } from '../../src/store/embedded/pack-folder.ts';
import { newFolder } from '../new-data-dir.ts';

test('a folder comes out as it went in, empty files and folders too', () => {
  const from = newFolder();
  mkdirSync(join(from, 'base', '1'), { recursive: true });
  mkdirSync(join(from, 'pg_notify'));
  const files: Readonly<Record<string, Buffer>> = {
    PG_VERSION: Buffer.from('18\n'),
    'base/1/empty': Buffer.alloc(0),
    'base/1/1259': Buffer.from(Array.from({ length: 20_000 }, (_, index) => index % 256)),
  };
  for (const [path, bytes] of Object.entries(files)) writeFileSync(join(from, path), bytes);
  const to = join(newFolder(), 'not', 'there');
  unpackFolder(packFolder(from), to);
  expect(readdirSync(to, { recursive: true }).toSorted()).toEqual(readdirSync(from, { recursive: true }).toSorted());
  for (const [path, bytes] of Object.entries(files)) expect(readFileSync(join(to, path)).equals(bytes)).toBe(true);
});
