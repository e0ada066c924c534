import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { buildPackage, type BuiltPackage } from './build-package.ts';

const run = promisify(execFile);
const CONDITIONS = ['bun', 'deno', 'workerd', 'edge-light'];
/** What every runtime has that can run this package; edge functions have no other modules of Node's. */
const EVERYWHERE = ['node:async_hooks', 'node:buffer'];
/** Names of modules hold none of the signs that follow a word like `"from"` in a text. */
const IMPORTED = /(?:from|import)\s?"([\w@./:-]+)"/g;

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

let built: BuiltPackage;
beforeAll(async () => {
  built = await buildPackage();
});
afterAll(() => built.remove());

/** All that a file imports, and what that imports. */
async function listImports(file: string, seen: Set<string> = new Set()): Promise<ReadonlySet<string>> {
  const text = await readFile(file, 'utf8');
  for (const [, name = ''] of text.matchAll(IMPORTED)) {
    const imported = name.startsWith('.') ? join(dirname(file), name) : name;
    if (seen.has(imported)) continue;
    seen.add(imported);
    if (name.startsWith('.')) await listImports(imported, seen);
  }
  return seen;
}

async function resolve(specifier: string, condition: string): Promise<string> {
  const script = `console.log(import.meta.resolve('${specifier}'))`;
  const { stdout } = await run(process.execPath, ['--conditions', condition, '--input-type=module', '--eval', script], {
    cwd: built.folder,
  });
  return stdout.trim();
}

describe('off Node', () => {
  test.each(CONDITIONS)('%s gets what is made for it, for each entry that has such a file', async (condition) => {
    for (const file of await readdir(join(built.folder, 'node_modules/llmobserve/dist/edge'))) {
      const name = file.replace('.js', '');
      // A worker is never started by flags, so there is nothing to register in.
      if (name === 'register' && ['workerd', 'edge-light'].includes(condition)) continue;
      expect(await resolve(name === 'index' ? 'llmobserve' : `llmobserve/${name}`, condition)).toMatch(`/dist/edge/${file}`);
    }
  });

  test('everything runs on the modules that every runtime has', async () => {
    const folder = join(built.folder, 'node_modules/llmobserve/dist/edge');
    for (const file of await readdir(folder)) {
      const imported = [...(await listImports(join(folder, file)))].filter((name) => !name.endsWith('.js'));
      expect([file, imported.filter((name) => !EVERYWHERE.includes(name) && !Object.hasOwn(manifest.peerDependencies, name))]).toEqual([
        file,
        [],
      ]);
    }
  });

  test('the door has the same names as on Node', async () => {
    const script = await built.write(
      'doors.mjs',
      `const doors = await Promise.all(['index', 'edge/index'].map((name) => import('./node_modules/llmobserve/dist/' + name + '.js')));
      console.log(JSON.stringify(doors.map((door) => Object.keys(door).sort())));`,
    );
    const { stdout } = await run(process.execPath, [script], { cwd: built.folder });
    const [onNode, offNode]: readonly unknown[] = JSON.parse(stdout) as readonly unknown[];
    expect(offNode).toEqual(onNode);
  });
});
