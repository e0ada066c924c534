import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const TURBO = fileURLToPath(new URL('../node_modules/turbo/bin/turbo', import.meta.url));
const QUIET = { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', TURBO_PRINT_VERSION_DISABLED: '1' };

/** Runs turbo without its telemetry and its search for newer versions, and answers its exit code. */
export function runTurbo(args: readonly string[]): number {
  const { status } = spawnSync(process.execPath, [TURBO, ...args], {
    stdio: ['inherit', 2, 2],
    env: { ...process.env, ...QUIET },
  });
  return status ?? 1;
}
