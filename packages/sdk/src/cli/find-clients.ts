import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isJsonRecord } from '@llmobserve/protocol';
import type { ClientProbe } from './client-probes.ts';

export type FoundClient = { readonly probe: ClientProbe; readonly name: string };

/** Finds which of these clients the project in a folder has installed, with their versions. */
export function findClients(folder: string, probes: readonly ClientProbe[]): readonly FoundClient[] {
  const { resolve } = createRequire(join(folder, 'package.json'));
  return probes.flatMap((probe) => {
    const versions = probe.packages.map((name) => findVersion(resolve.paths(name) ?? [], name));
    if (versions.includes(undefined)) return [];
    return [{ probe, name: `${probe.packages[0]} ${versions[0]}` }];
  });
}

function findVersion(folders: readonly string[], name: string): string | undefined {
  for (const folder of folders) {
    const version = readVersion(join(folder, name, 'package.json'));
    if (version !== undefined) return version;
  }
  return undefined;
}

function readVersion(path: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isJsonRecord(manifest) && typeof manifest['version'] === 'string' ? manifest['version'] : undefined;
  } catch {
    return undefined;
  }
}
