import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reapFolder, reapProcess } from '../src/index.ts';

const REAPER = new URL('../src/index.ts', import.meta.url).href;

/** A process that hands a sleeper and a folder to the reaper, and says which; then it is up to the test to end it. */
async function startOwner(code: string): Promise<{ owner: ChildProcess; sleeper: number; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'llmobserve-reaper-'));
  reapFolder(folder);
  mkdirSync(join(folder, 'deep'));
  writeFileSync(join(folder, 'deep', 'file'), 'x');
  const script = `import { spawn } from 'node:child_process'; import { reapFolder, reapProcess } from '${REAPER}';
    const folder = ${JSON.stringify(folder)};
    const sleeper = spawn('sleep', ['600'], { stdio: 'ignore' });
    ${code}
    console.log(sleeper.pid);`;
  const args = ['--conditions=llmobserve-source', '--input-type=module', '-e', script];
  const owner = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  reapProcess(owner.pid ?? 0);
  const [line] = (await once(owner.stdout.setEncoding('utf8'), 'data')) as [string];
  return { owner, sleeper: Number(line), folder };
}

test('what was handed over goes with its owner, even one that is killed', async () => {
  const { owner, sleeper, folder } = await startOwner('reapProcess(sleeper.pid); reapFolder(folder);');
  expect(isRunning(sleeper)).toBe(true);
  owner.kill('SIGKILL');
  await expect.poll(() => [isRunning(sleeper), existsSync(folder)]).toEqual([false, false]);
});

test('what was taken back stays', async () => {
  const { owner, sleeper, folder } = await startOwner('reapProcess(sleeper.pid)(); reapFolder(folder);');
  owner.kill('SIGKILL');
  await expect.poll(() => existsSync(folder)).toBe(false);
  expect(isRunning(sleeper)).toBe(true);
  process.kill(sleeper, 'SIGKILL');
});

test('the reaper does not keep its owner alive', async () => {
  const { owner, sleeper } = await startOwner('sleeper.unref(); reapProcess(sleeper.pid);');
  if (owner.exitCode === null) await once(owner, 'exit');
  expect(owner.exitCode).toBe(0);
  await expect.poll(() => isRunning(sleeper)).toBe(false);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
