import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findFolder, type FindFolderDeps } from '../../src/spool/find-folder.ts';
import { isOwnerGone, ownerName } from '../../src/spool/is-owner-gone.ts';
import { readSegment, writeSegment } from '../../src/spool/segment-text.ts';
import { makeTemporaryFolder } from '../support/make-temporary-folder.ts';
import { digest } from './support/start-process.ts';

const ME = { place: 'a1', pid: 7, birth: '10' };
const BIRTHS: Readonly<Record<number, string>> = { 7: '10', 8: '80', 6: '' };

describe('whether the owner of a folder is gone', () => {
  test.each([
    ['has let go of it', 'free-b2-1', 0, true],
    ['runs, however silent', `${ownerName({ ...ME, pid: 8, birth: '80' })}x`, 9e9, false],
    ['does not run', `${ownerName({ ...ME, pid: 9 })}x`, 0, true],
    ['had the number of one that runs', `${ownerName({ ...ME, pid: 8, birth: '79' })}x`, 0, true],
    ['runs where the system does not tell since when', `${ownerName({ ...ME, pid: 6, birth: '60' })}x`, 9e9, false],
    ['is a thread beside this one', `${ownerName(ME)}x`, 59_000, false],
    ['is a thread beside this one that was terminated', `${ownerName(ME)}x`, 61_000, true],
    ['had this process’s number before', `${ownerName({ ...ME, birth: '9' })}x`, 0, true],
    ['is elsewhere and was heard of', `${ownerName({ ...ME, place: 'b2', pid: 9 })}x`, 59_000, false],
    ['is elsewhere and silent', `${ownerName({ ...ME, place: 'b2', pid: 9 })}x`, 61_000, true],
    ['is elsewhere under our own number', `${ownerName({ ...ME, place: 'b2', birth: '9' })}x`, 0, false],
  ])('one that %s', (_what, name, silentMs, expected) => {
    expect(isOwnerGone(name, () => silentMs, { me: ME, birthOf: (pid) => BIRTHS[pid] })).toBe(expected);
  });
});

describe('the folder', () => {
  function depsFor(tmpdir: string, refused: string[], uid = process.geteuid?.()): FindFolderDeps {
    const onRefused = (reason: string): void => void refused.push(reason);
    return { fs: () => fs, tmpdir: () => tmpdir, uid: () => uid, digest, onRefused };
  }

  function find(
    tmpdir: string,
    { root, target = 'key url' }: { root?: string; target?: string } = {},
  ): { folder: string | undefined; refused: readonly string[] } {
    const refused: string[] = [];
    return { folder: findFolder({ root, target }, true, depsFor(tmpdir, refused)), refused };
  }

  test('is of this user alone, and another for each target', () => {
    const tmpdir = makeTemporaryFolder();
    const { folder } = find(tmpdir);
    const home = fs.realpathSync(`${tmpdir}/llmobserve-${process.geteuid?.()}`);
    expect(folder?.startsWith(`${home}/`)).toBe(true);
    expect(fs.statSync(home).mode & 0o777).toBe(0o700);
    expect(find(tmpdir).folder).toBe(folder);
    expect(find(tmpdir, { target: 'other url' }).folder).not.toBe(folder);
    expect(folder).not.toContain('key');
  });

  test.each<[string, (home: string, elsewhere: string) => void]>([
    ['leads elsewhere', (home, elsewhere) => fs.symlinkSync(elsewhere, home)],
    ['can be read by others', (home) => fs.mkdirSync(home, { mode: 0o755 })],
    ['is a file', (home) => fs.writeFileSync(home, '')],
  ])('is refused where its place %s, and the reason is said', (_kind, prepare) => {
    const tmpdir = makeTemporaryFolder();
    prepare(`${tmpdir}/llmobserve-${process.geteuid?.()}`, makeTemporaryFolder());
    const { folder, refused } = find(tmpdir);
    expect(folder).toBe('');
    expect(refused).toHaveLength(1);
  });

  test('is refused where another user was there first', () => {
    const tmpdir = makeTemporaryFolder();
    fs.mkdirSync(`${tmpdir}/llmobserve-12345`, { mode: 0o700 });
    const refused: string[] = [];
    expect(findFolder({ root: undefined, target: 'x' }, true, depsFor(tmpdir, refused, 12_345))).toBe('');
    expect(refused).toHaveLength(1);
  });

  test('is not made where the place of temporary files is not there', () => {
    const tmpdir = `${makeTemporaryFolder()}/missing`;
    const { folder, refused } = find(tmpdir);
    expect([folder, refused.length, fs.existsSync(tmpdir)]).toEqual(['', 1, false]);
  });

  test('is not made before there is something to keep', () => {
    const tmpdir = makeTemporaryFolder();
    expect(findFolder({ root: undefined, target: 'x' }, false, depsFor(tmpdir, []))).toBeUndefined();
    expect(fs.readdirSync(tmpdir)).toEqual([]);
  });

  test('that the app names is taken as it is', () => {
    const root = makeTemporaryFolder();
    fs.chmodSync(root, 0o755);
    expect(find('/nowhere', { root }).folder?.startsWith(`${fs.realpathSync(root)}/`)).toBe(true);
  });
});

test('a file gives back what was written, the newest head for all of it', () => {
  const text =
    writeSegment({ head: '{"a":1', events: ['{"id":"ä😀"}', '{"id":"\\n"}'] }, digest) +
    writeSegment({ head: '{"a":2', events: ['{}'] }, digest);
  expect(readSegment(text, digest)).toEqual({ head: '{"a":2', events: ['{"id":"ä😀"}', '{"id":"\\n"}', '{}'], broken: [] });
});
