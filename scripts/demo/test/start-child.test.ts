import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reapProcess } from '@llmobserve/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lastWords, startChild } from '../start-child.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llmobserve-child-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function entryOf(name: string, code: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, code);
  return path;
}

const RUNNING = `console.log('pid ' + process.pid); console.log('more'); setInterval(() => {}, 1000);`;

test('the first line is read, and SIGTERM ends the child', async () => {
  const child = startChild('part', entryOf('running', `process.on('SIGTERM', () => process.exit(0)); ${RUNNING}`), {});
  expect(await child.readFirstLine()).toMatch(/^pid \d+$/);
  await child.stop();
  expect(await child.ended).toContain('The part ended (exit code 0)');
  await child.stop();
});

test('a child that gives up before its first line is an error with its own words', async () => {
  const child = startChild('part', entryOf('failing', `console.error('Port 1 is taken.'); process.exit(1);`), {});
  await expect(child.readFirstLine()).rejects.toThrow(/^Port 1 is taken\.$/);
});

test.each([
  ['sentences without the log lines around them', '{"level":30}\nPort 1 is taken.\n{"level":30}\n', 'Port 1 is taken.'],
  ['log lines when there is nothing else', '{"level":60}\n', '{"level":60}'],
  ['nothing when nothing was said', '', ''],
])('its last words are %s', (_name, log, words) => {
  expect(lastWords(log)).toBe(words);
});

test('only what is handed over is in the environment', async () => {
  const child = startChild('part', entryOf('env', `console.log(JSON.stringify(process.env)); setInterval(() => {}, 1000);`), { ONE: '1' });
  const env: unknown = JSON.parse(await child.readFirstLine());
  expect(env).toMatchObject({ ONE: '1' });
  expect(env).not.toHaveProperty('PATH');
  child.kill();
  await child.ended;
});

test('a child ends when its parent is killed', async () => {
  const parentCode = `import { startChild } from '${new URL('../start-child.ts', import.meta.url).href}';
    process.send(await startChild('part', '${entryOf('orphan', RUNNING)}', {}).readFirstLine());`;
  const parent = fork(entryOf('parent', parentCode), { execArgv: ['--conditions=llmobserve-source'], stdio: 'ignore' });
  reapProcess(parent.pid ?? 0);
  const [line] = await once(parent, 'message');
  const pid = Number(String(line).slice('pid '.length));
  expect(isRunning(pid)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isRunning(pid)).toBe(false);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
