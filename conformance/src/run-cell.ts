import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
    for (const group of groupCases(family, possible, order)) {
      const without = await run({ ...group, order: baselineOf(order), hasSdk: false });
      const withSdk = await run({ ...group, order, hasSdk: true });
      outcomes.push(...compareRuns(family, without, withSdk).map((verdict) => ({ ...about, order, ...verdict })));
    }
  }
  return outcomes;
}

type Group = Pick<Ask, 'caseNames' | 'isAlone'>;

/** The cases that share a process: all but those that end it. */
function groupCases({ cases }: Family, names: readonly string[], order: LoadOrder): readonly Group[] {
  const isWhole = order === 'esm' || order === 'cjs';
  const together = names.filter((name) => !cases[name]?.isAlone && (isWhole || cases[name]?.isBrief));
  const alone = order === 'esm' ? names.filter((name) => cases[name]?.isAlone) : [];
  return [
    ...(together.length > 0 ? [{ caseNames: together, isAlone: false }] : []),
    ...alone.map((name) => ({ caseNames: [name], isAlone: true })),
  ];
}

function versionOf(runtime: string): string {
  return execFileSync(runtime, ['--version'], { encoding: 'utf8' }).trim().replace(/^v/, '');
}

type Ask = { readonly order: LoadOrder; readonly caseNames: readonly string[]; readonly hasSdk: boolean; readonly isAlone: boolean };
type Subject = { readonly project: Project; readonly family: Family; readonly can: readonly string[] };

/** What was run without the SDK need not be run again for another load order that loads the client alike. */
function createRunner(deps: RunDeps, { project, family, can }: Subject): (ask: Ask) => Promise<SeenRun> {
  const baselines = new Map<string, Promise<SeenRun>>();
  const run = async ({ order, caseNames, hasSdk, isAlone }: Ask): Promise<SeenRun> => {
    const program = await project.prepare(order, family.modules, hasSdk);
    const temporaryFolder = mkdtempSync(join(tmpdir(), 'llmobserve-app-'));
    const seen = await runProgram(deps, { program, family, caseNames, can, temporaryFolder });
    // What an abrupt end left unsent comes with the app's next start.
    const next = isAlone && hasSdk ? await runProgram(deps, { program, family, caseNames: [], can, temporaryFolder }) : undefined;
    rmSync(temporaryFolder, { recursive: true, force: true });
    return next ? { ...seen, events: [...seen.events, ...next.events], problems: [...seen.problems, ...next.problems] } : seen;
  };
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
