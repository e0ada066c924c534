import { spawn } from 'node:child_process';
import type { ClientProbe } from './client-probes.ts';
import type { ProbeRun } from './judge-probe.ts';

export type RunProbeOptions = {
  /** Where the project's packages are found. */
  readonly folder: string;
  /** Finds a module of this package by name. */
  readonly beside: (name: string) => string;
  readonly nodeFlags: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
};

/** Of the environment, a probe gets what Node needs to run; no key, no address, no switch of another tracer. */
const KEPT_ENV = ['PATH', 'HOME', 'USERPROFILE', 'SYSTEMROOT', 'TEMP', 'TMP', 'TMPDIR', 'NODE_PATH'];
const MAX_OUTPUT_LENGTH = 100_000;

/** Runs one call of a client in a process of its own, from the project's folder, so that its packages are found as its code finds them. */
export function runProbe(probe: ClientProbe, { folder, beside, nodeFlags, env, signal }: RunProbeOptions): Promise<ProbeRun> {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => KEPT_ENV.includes(name.toUpperCase())));
  const code = `const { recordCalls } = await import(${JSON.stringify(beside('testing'))});
    const { probe } = await import(${JSON.stringify(beside('cli-probe'))});
    await probe(recordCalls, ${JSON.stringify(probe.provider)}, async (url) => { const load = (name) => import(name); ${probe.code} });`;
  const child = spawn(process.execPath, [...nodeFlags, '--no-warnings', '--input-type=module', '--eval', code], {
    cwd: folder,
    env: kept,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (said[name] = `${said[name]}${text}`.slice(-MAX_OUTPUT_LENGTH)));
  }
  return new Promise((resolve) => {
    const end = (): void => resolve({ ...said, isLate: signal.aborted });
    const kill = (): void => void child.kill('SIGKILL');
    if (signal.aborted) kill();
    signal.addEventListener('abort', kill, { once: true });
    child.on('close', end);
    child.on('error', (error) => resolve({ stdout: '', stderr: String(error), isLate: false }));
  });
}
