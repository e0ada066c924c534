import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { compareRuns } from './compare-runs.ts';
import type { Cell } from './choose-cells.ts';
import { createProject, type Project } from './create-project.ts';
import type { Family } from './family.ts';
import { baselineOf, type LoadOrder } from './load-orders.ts';
import { runProgram, type RunDeps, type SeenRun } from './run-program.ts';
import { findRuntime, type NodeMajor } from './runtimes.ts';
import type { RecordingCollector } from './start-recording-collector.ts';

/** What came of one case in one cell of the matrix. */
export type Outcome = {
  /** Library and exact version. */
  readonly client: string;
  readonly family: string;
  readonly node: NodeMajor;
  readonly nodeVersion: string;
  readonly order: LoadOrder;
  readonly name: string;
  readonly kind: string;
  readonly findings: readonly string[];
};

export type RunCellDeps = { readonly cacheFolder: string; readonly sdkFolder: string; readonly collector: RecordingCollector };

/** Runs every case of a client on one Node, loaded in each of the ways, with the SDK and without. */
export async function runCell(
  { cacheFolder, sdkFolder, collector }: RunCellDeps,
  { client, node, orders }: Cell,
): Promise<readonly Outcome[]> {
  const family = await loadFamily(client.family);
  const project = createProject({ cacheFolder, sdkFolder, client });
  const runtime = findRuntime(node);
  const about = { client: `${client.name.split(' ')[0]} ${project.version}`, family: client.family, node, nodeVersion: versionOf(runtime) };
  const run = createRunner({ node: runtime, collector }, { project, family, can: client.can ?? [] });
  const possible = Object.keys(family.cases).filter((name) =>
    (family.cases[name]?.needs ?? []).every((need) => client.can?.includes(need)),
  );
  const outcomes: Outcome[] = [];
  for (const order of orders) {
    const caseNames = order === 'esm' ? possible : possible.filter((name) => order === 'cjs' || family.cases[name]?.isBrief);
    const without = await run({ order: baselineOf(order), caseNames, hasSdk: false });
    const withSdk = await run({ order, caseNames, hasSdk: true });
    const verdicts = compareRuns(family, without, withSdk);
    outcomes.push(...verdicts.map((verdict) => ({ ...about, order, ...verdict })));
  }
  return outcomes;
}

function versionOf(runtime: string): string {
  return execFileSync(runtime, ['--version'], { encoding: 'utf8' }).trim().replace(/^v/, '');
}

type Ask = { readonly order: LoadOrder; readonly caseNames: readonly string[]; readonly hasSdk: boolean };
type Subject = { readonly project: Project; readonly family: Family; readonly can: readonly string[] };

/** What was run without the SDK need not be run again for another load order that loads the client alike. */
function createRunner(deps: RunDeps, { project, family, can }: Subject): (ask: Ask) => Promise<SeenRun> {
  const baselines = new Map<string, Promise<SeenRun>>();
  const run = async ({ order, caseNames, hasSdk }: Ask): Promise<SeenRun> =>
    runProgram(deps, { program: await project.prepare(order, family.modules, hasSdk), family, caseNames, can });
  return (ask) => {
    if (ask.hasSdk) return run(ask);
    const key = JSON.stringify(ask);
    const known = baselines.get(key) ?? run(ask);
    baselines.set(key, known);
    return known;
  };
}

/** The module of a family names no client, so the runner can read what it expects. */
async function loadFamily(name: string): Promise<Family> {
  // Safe because a module of `cases/` that exports anything else fails in its first run.
  return (await import(join(import.meta.dirname, '..', 'cases', `${name}.mjs`))) as Family;
}
