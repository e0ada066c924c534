import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Stats } from '../../src/runtime.ts';
import type { ScriptedCollector } from '../support/scripted-collector.ts';
import { KEY } from '../support/start-test-engine.ts';

export type FaultyApp = {
  readonly collectorUrl: string;
  readonly providerUrl: string;
  /** What `init` is told; empty for nothing. */
  readonly spool: string;
  readonly ledger: string;
  readonly tmpdir: string;
};

const APP = fileURLToPath(new URL('./app.ts', import.meta.url));

export function startApp(task: 'work' | 'deliver', app: FaultyApp): ChildProcess {
  const child = spawn(process.execPath, ['--conditions=llmobserve-source', APP, task, app.spool, app.providerUrl, app.ledger], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LLMOBSERVE_API_KEY: KEY, LLMOBSERVE_COLLECTOR_URL: app.collectorUrl, NODE_OPTIONS: '', TMPDIR: app.tmpdir },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Kills the app at once; gives the time at which it still ran. */
export async function killApp(child: ChildProcess): Promise<number> {
  const ended = new Promise((resolve) => child.once('close', resolve));
  const killedAtMs = Date.now();
  child.kill('SIGKILL');
  await ended;
  return killedAtMs;
}

/** Starts the app again, as its owner would, and waits until it has delivered what there is. */
export async function deliverRest(app: FaultyApp): Promise<Stats & { readonly isDone: boolean }> {
  const child = startApp('deliver', app);
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (part: string) => (text += part));
  await new Promise((resolve) => child.once('close', resolve));
  // Safe because the app writes this and nothing else.
  return JSON.parse(text) as Stats & { readonly isDone: boolean };
}

/** The ids of what had happened in the app by a time, each once. */
export function readLedger(path: string, untilMs: number): readonly string[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.flatMap((line) => {
    const [atMs, id = ''] = line.split(' ');
    return Number(atMs) <= untilMs ? [id] : [];
  });
}

/** What the collector has stored, by the names that the ledger uses. */
export function storedNames({ batches, stored }: ScriptedCollector): ReadonlySet<string> {
  const events = batches.flatMap(({ body }) => body.events).filter(({ id }) => stored.has(id));
  return new Set(events.map(({ id, responseId }) => responseId ?? id));
}
