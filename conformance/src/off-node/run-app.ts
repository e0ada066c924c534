import type { ReadyProgram } from '../create-project.ts';
import type { Family } from '../family.ts';
import { runProgram, type SeenRun } from '../run-program.ts';
import type { RecordingCollector } from '../start-recording-collector.ts';
import { findBinary } from './find-binary.ts';
import { writeApp, type Way } from './write-app.ts';

/** What each runtime is started with. */
const FLAGS = {
  bun: { always: [], preload: ['--preload', 'llmobserve/register'] },
  // Deno preloads files only.
  deno: { always: ['run', '-A', '--no-lock'], preload: ['--preload', './register.mjs'] },
} as const;

export type RunAppDeps = { readonly collector: RecordingCollector; readonly folder: string };
export type RunAppAsk = {
  readonly runtime: keyof typeof FLAGS;
  readonly way: Way;
  readonly hasSdk: boolean;
  readonly familyName: string;
  readonly family: Family;
  readonly caseNames: readonly string[];
  readonly can: readonly string[];
};

/** Runs the cases in a process of Bun's or Deno's own. */
export async function runApp({ collector, folder }: RunAppDeps, ask: RunAppAsk): Promise<SeenRun> {
  const { runtime, family, familyName, caseNames, can } = ask;
  const { always, preload } = FLAGS[runtime];
  const { file, flags } = writeApp({ ...ask, folder, family: familyName, modules: family.modules, preload });
  const program: ReadyProgram = { folder, file, flags: [...always, ...flags] };
  return withoutChance(await runProgram({ node: findBinary(runtime), collector }, { program, family, caseNames, can }), ask);
}

/**
 * Whether Bun hears out a refusal that the client leaves unread is up to chance: of six runs without the SDK four did so
 * (seen with 1.4.5).
 */
function withoutChance({ cases, ...run }: SeenRun, { family, runtime }: RunAppAsk): SeenRun {
  const isChance = (name: string): boolean =>
    runtime === 'bun' && family.cases[name]?.bends?.some(({ status }) => status !== undefined) === true;
  const settled = Object.entries(cases).map(([name, seen]) => {
    const requests = seen.requests.map((request) => (isChance(name) ? request.slice(request.indexOf('\n')) : request));
    return [name, { ...seen, requests }] as const;
  });
  return { ...run, cases: Object.fromEntries(settled) };
}
