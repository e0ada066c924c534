import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const INSTALL_TIMEOUT_MS = 300_000;

/** Installs what the folder's lock says, unless that very lock was installed before. */
export function installFolder(folder: string): void {
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  const stampPath = join(folder, 'node_modules', '.installed-lock.json');
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === lock) return;
  console.log(`  installing ${folder}`);
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: INSTALL_TIMEOUT_MS,
    shell: process.platform === 'win32',
  });
  writeFileSync(stampPath, lock);
}
