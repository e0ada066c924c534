import { spawnSync } from 'node:child_process';

/** How often each fault strikes, at another moment each time. */
const ROUNDS = '20';

const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--root', 'packages/sdk', 'test/faults'], {
  stdio: 'inherit',
  env: { ...process.env, LLMOBSERVE_FAULT_ROUNDS: process.argv[2] ?? ROUNDS },
});
process.exitCode = status ?? 1;
