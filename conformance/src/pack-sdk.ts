import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const SDK = join(import.meta.dirname, '..', '..', 'packages', 'sdk');

/** Builds and packs the SDK as it is published, beside the folder others build into, and unpacks it: the folder of `llmobserve`. */
export function packSdk(cacheFolder: string): string {
  const stage = join(cacheFolder, 'stage');
  const unpacked = join(cacheFolder, 'sdk', 'node_modules', 'llmobserve');
  for (const folder of [stage, unpacked]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  const tsup = join(dirname(createRequire(join(SDK, 'package.json')).resolve('tsup')), 'cli-default.js');
  execFileSync(process.execPath, [tsup, '--out-dir', join(stage, 'dist'), '--no-dts', '--silent'], {
    cwd: SDK,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (const name of ['package.json', 'README.md', 'LICENSE']) cpSync(join(SDK, name), join(stage, name), { force: true });
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', cacheFolder], {
    cwd: stage,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  const tarball = readdirSync(cacheFolder).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack left no tarball in ${cacheFolder}`);
  execFileSync('tar', ['-xzf', join(cacheFolder, tarball), '--strip-components=1', '-C', unpacked]);
  rmSync(join(cacheFolder, tarball));
  return unpacked;
}
