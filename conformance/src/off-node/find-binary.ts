import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installFolder } from '../install-folder.ts';

export const RUNTIMES = ['bun', 'deno', 'workerd'] as const;
export type Runtime = (typeof RUNTIMES)[number];

/** Where each runtime's package for a platform keeps its binary. */
const BINARIES: Readonly<Record<Runtime, Readonly<Record<string, string>>>> = {
  bun: {
    'darwin-arm64': '@oven/bun-darwin-aarch64/bin/bun',
    'darwin-x64': '@oven/bun-darwin-x64/bin/bun',
    'linux-arm64': '@oven/bun-linux-aarch64/bin/bun',
    'linux-x64': '@oven/bun-linux-x64/bin/bun',
    'win32-x64': '@oven/bun-windows-x64/bin/bun.exe',
  },
  deno: {
    'darwin-arm64': '@deno/darwin-arm64/deno',
    'darwin-x64': '@deno/darwin-x64/deno',
    'linux-arm64': '@deno/linux-arm64-glibc/deno',
    'linux-x64': '@deno/linux-x64-glibc/deno',
    'win32-x64': '@deno/win32-x64/deno.exe',
  },
  workerd: {
    'darwin-arm64': '@cloudflare/workerd-darwin-arm64/bin/workerd',
    'darwin-x64': '@cloudflare/workerd-darwin-64/bin/workerd',
    'linux-arm64': '@cloudflare/workerd-linux-arm64/bin/workerd',
    'linux-x64': '@cloudflare/workerd-linux-64/bin/workerd',
    'win32-x64': '@cloudflare/workerd-windows-64/bin/workerd.exe',
  },
};

/** Finds a runtime other than Node, installing it if need be: its path. */
export function findBinary(runtime: Runtime): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = BINARIES[runtime][platform];
  if (name === undefined) throw new Error(`there is no ${runtime} for ${platform}`);
  const folder = join(import.meta.dirname, '..', '..', 'runtimes', runtime);
  installFolder(folder);
  const path = join(folder, 'node_modules', name);
  if (!existsSync(path)) throw new Error(`${folder} has no ${runtime} for ${platform}`);
  return path;
}
