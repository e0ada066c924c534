import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../peers/', import.meta.url));

/** Installs what stands beside us in the bench, unless it is there; gives its folder. Dozens of packages stay out of the root's install. */
export function installPeers(): string {
  if (existsSync(`${FOLDER}node_modules`)) return FOLDER;
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: FOLDER,
    stdio: 'inherit',
    shell: true,
  });
  if (status !== 0) throw new Error('the peers could not be installed: run npm ci in bench/peers');
  return FOLDER;
}
