import { join } from 'node:path';
import type { Client } from '../clients.ts';
import { compareRuns, type Verdict } from '../compare-runs.ts';
import { createProject } from '../create-project.ts';
import type { Family } from '../family.ts';
import type { SeenRun } from '../run-program.ts';
import type { RecordingCollector } from '../start-recording-collector.ts';
import type { Runtime } from './find-binary.ts';
import { limitFamily } from './limits.ts';
import { runApp } from './run-app.ts';
import { runWorker, type RunWorkerAsk, type RunWorkerDeps } from './run-worker.ts';
import { WAYS, type Way } from './write-app.ts';
import { WORKER_WAYS, type WorkerWay } from './write-worker.ts';

/** What came of one case on one runtime. */
export type Outcome = Verdict & { readonly runtime: Runtime; readonly client: string; readonly way: Way | WorkerWay };

export type RunClientDeps = { readonly cacheFolder: string; readonly sdkFolder: string; readonly collector: RecordingCollector };
export type RunClientAsk = { readonly runtime: Runtime; readonly client: Client };

/** Runs every case of a client on a runtime in each of the ways, with the SDK and without. */
export async function runClient(deps: RunClientDeps, { runtime, client }: RunClientAsk): Promise<readonly Outcome[]> {
  const whole = await loadFamily(client.family);
  const family = limitFamily(client.family, whole, runtime);
  const project = createProject({ ...deps, client });
  const { folder } = await project.prepare('esm', family.modules, false);
  const can = client.can ?? [];
  const caseNames = Object.keys(family.cases).filter((name) => (family.cases[name]?.needs ?? []).every((need) => can.includes(need)));
  const subject = { familyName: client.family, family, caseNames, can };
  const outcomes: Outcome[] = [];
  for (const way of waysOf(runtime, client)) {
    const run = (hasSdk: boolean): Promise<SeenRun> => runWay({ collector: deps.collector, folder }, { ...subject, runtime, way, hasSdk });
    const verdicts = compareRuns(family, await run(false), await run(true));
    outcomes.push(...verdicts.map((verdict) => ({ runtime, client: client.name, way, ...verdict })));
  }
  return outcomes;
}

/** Some clients keep no fetch to be observed, which is said once on stderr. */
const WITHOUT_FETCH = ['google', 'ai'];

function waysOf(runtime: Runtime, { family }: Client): readonly (Way | WorkerWay)[] {
  const ways = runtime === 'workerd' ? WORKER_WAYS : WAYS;
  return ways.filter((way) => way !== 'observe' || !WITHOUT_FETCH.includes(family));
}

type RunWayAsk = Omit<RunWorkerAsk, 'way'> & { readonly runtime: Runtime; readonly way: Way | WorkerWay };

/** Safe to narrow the way because each runtime is asked only for its own. */
function runWay(deps: RunWorkerDeps, { runtime, way, ...ask }: RunWayAsk): Promise<SeenRun> {
  return runtime === 'workerd' ? runWorker(deps, { ...ask, way: way as WorkerWay }) : runApp(deps, { ...ask, runtime, way: way as Way });
}

/** The module of a family names no client, so the runner can read what it expects. */
async function loadFamily(name: string): Promise<Family> {
  // Safe because a module of `cases/` that exports anything else fails in its first run.
  return (await import(join(import.meta.dirname, '..', '..', 'cases', `${name}.mjs`))) as Family;
}
