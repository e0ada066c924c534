import { spawnSync } from 'node:child_process';

const LAST_LINE = /(\d+) passed, (\d+) failed\s*$/;

/** Runs the part of the conformance suite that installs nothing, shows what it says, and counts its cases. */
export function runConformance(): { readonly passed: number; readonly failed: number } {
  const { status, stdout } = spawnSync('npm', ['run', '--silent', 'conformance', '--', '--part', 'quick'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  console.log(stdout);
  return countCases(stdout, status);
}

/** A run that ended badly without counting a failure is one. */
export function countCases(stdout: string, exitCode: number | null): { readonly passed: number; readonly failed: number } {
  const [, passed = '0', failed = '0'] = LAST_LINE.exec(stdout) ?? [];
  return { passed: Number(passed), failed: exitCode === 0 ? Number(failed) : Math.max(1, Number(failed)) };
}
