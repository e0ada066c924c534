import { createApiKey, isApiKey } from '@llmobserve/protocol';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DemoError } from './read-demo-config.ts';

const KEY_FILE = 'demo-key';

/** The demo's own key: made at the first start, the same at every later one, readable by this user alone. */
export function keepDemoKey(dataDir: string): string {
  const path = join(dataDir, KEY_FILE);
  const kept = readKept(path);
  if (kept !== undefined && isApiKey(kept)) return kept;
  const key = createApiKey((length) => randomBytes(length));
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path, `${key}\n`, { mode: 0o600 });
  } catch (cause) {
    throw new DemoError(`The data directory ${dataDir} cannot be written: make it writable or choose another with LLMOBSERVE_DATA_DIR.`, {
      cause,
    });
  }
  return key;
}

function readKept(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
