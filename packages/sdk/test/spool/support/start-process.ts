import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { createDiagnostics } from '../../../src/diagnostics.ts';
import type { InitOptions } from '../../../src/config.ts';
import { Spool, type SpoolDeps } from '../../../src/spool/index.ts';
import { createTimers } from '../../../src/timers.ts';
import { startTestEngine, type TestEngine } from '../../support/start-test-engine.ts';

export type TestProcess = TestEngine & {
  /** Sends nothing more, and others find this process gone. */
  die(): void;
  /** What the spool said. */
  readonly spoolLines: readonly string[];
};

const running = new Set<number>();
let lastPid = 1000;

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** An engine with a spool, as if in a process of its own beside others. */
export function startProcess(options: InitOptions & { readonly spool: string }, overrides: Partial<SpoolDeps> = {}): TestProcess {
  lastPid += 1;
  const pid = lastPid;
  running.add(pid);
  const spoolLines: string[] = [];
  const me = { place: 'here', pid, birth: 'b', instance: randomUUID() };
  const engine = startTestEngine(options, 1, (owner) => {
    const deps: SpoolDeps = {
      fs: () => fs,
      me: () => me,
      birthOf: (asked) => (running.has(asked) ? 'b' : undefined),
      findFolder: ({ root, target }) => root && `${root}/${digest(target).slice(0, 8)}`,
      checksum: digest,
      maxBytes: 10_000_000,
      clock: { nowMs: () => Date.now(), monotonicMs: () => performance.now() },
      timers: createTimers(),
      diagnostics: createDiagnostics((line) => spoolLines.push(line)),
      ...overrides,
    };
    return new Spool(deps, owner);
  });
  return {
    ...engine,
    spoolLines,
    die() {
      running.delete(pid);
      // What is on disk stays there; it must not be sent from here as well.
      void engine.engine.shutdown(0);
    },
  };
}

/** Every file below the folder, by its path in it. */
export function listFiles(folder: string): readonly string[] {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [`${entry.parentPath}/${entry.name}`] : []));
}

export function readAll(folder: string): string {
  return listFiles(folder)
    .map((path) => fs.readFileSync(path, 'utf8'))
    .join('');
}

/** Resolves once the condition holds; it is looked at again and again, for what no event tells of. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}
