import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { FakeProvider, Quirk } from '@llmobserve/testkit';
import type { SentCostEvent } from '@llmobserve/protocol';
import type { ReadyProgram } from './create-project.ts';
import type { Family } from './family.ts';
import { describeRequest } from './describe-request.ts';
import type { RecordingCollector } from './start-recording-collector.ts';
import { startProviders } from './start-providers.ts';

/** A program that needs longer hangs. */
const PROGRAM_TIMEOUT_MS = 60_000;
/** How long a case's answers may take to be heard out or left, once the app is done with it. */
const SETTLE_TIMEOUT_MS = 3000;
export const KEY = `llmo_sk_${'0'.repeat(36)}`;

/** What an app saw of one case, and what the provider saw of the app. */
export type SeenCase = { readonly result: string; readonly requests: readonly string[] };

/** Everything that can be seen of a run from outside. */
export type SeenRun = {
  readonly cases: Readonly<Record<string, SeenCase>>;
  readonly events: readonly SentCostEvent[];
  /** What the collector would have to refuse, or was told to be lost. */
  readonly problems: readonly string[];
  readonly ending: string;
  /** From the last case to the end of the process. */
  readonly lingeredMs: number;
  readonly stdout: string;
  readonly stderr: string;
};

export type RunDeps = { readonly node: string; readonly collector: RecordingCollector };
export type RunAsk = {
  readonly program: ReadyProgram;
  readonly family: Family;
  readonly caseNames: readonly string[];
  /** What this client can, for a family whose majors want to be called otherwise. */
  readonly can: readonly string[];
  /** Where the program may leave what it could not send; absent: where the machine has it. */
  readonly temporaryFolder?: string;
};

/** Runs a program in a process of its own against providers of its own. */
export async function runProgram(deps: RunDeps, { program, family, caseNames, can, temporaryFolder = tmpdir() }: RunAsk): Promise<SeenRun> {
  const providers = await startProviders(family.providers);
  const child = spawn(deps.node, [...program.flags, program.file], {
    cwd: program.folder,
    env: {
      PATH: process.env['PATH'],
      TMPDIR: temporaryFolder,
      TEMP: temporaryFolder,
      CASES: JSON.stringify(caseNames),
      ...(program.hasSdk ? { HAS_SDK: '1' } : {}),
      CAN: JSON.stringify(can),
      URLS: JSON.stringify(providers.urls),
      PROVIDERS: JSON.stringify(nameHosts(family, providers.urls)),
      LLMOBSERVE_API_KEY: KEY,
      LLMOBSERVE_COLLECTOR_URL: deps.collector.url,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const cases = followCases(child, { family, fakes: providers.fakes });
  const ended = await waitForEnd(child);
  await providers.close();
  return { cases, ...deps.collector.take(), ...ended };
}

/** The setting by which an app names the hosts of a family. */
export function nameHosts({ named = [] }: Family, urls: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(named.map((name) => [new URL(urls[name] ?? '').host, name]));
}

export type Stage = { readonly family: Family; readonly fakes: readonly FakeProvider[] };

function followCases(child: ChildProcess, stage: Stage): Readonly<Record<string, SeenCase>> {
  const { seen, begin, end } = watchCases(stage);
  child.on('message', (message: { readonly begin?: string; readonly end?: string; readonly result?: string }) => {
    if (message.begin !== undefined) begin(message.begin);
    const after = message.end === undefined ? Promise.resolve() : end(message.end, message.result ?? '');
    void after.then(() => child.connected && child.send({ go: true }));
  });
  return seen;
}

export type CaseWatch = {
  readonly seen: Readonly<Record<string, SeenCase>>;
  begin(name: string): void;
  end(name: string, result: string): Promise<void>;
};

/** Prepares the provider before each case, and looks at what it got after it. */
export function watchCases({ family, fakes }: Stage): CaseWatch {
  const seen: Record<string, SeenCase> = {};
  let startedAt = fakes.map(() => 0);
  const begin = (name: string): void => {
    startedAt = fakes.map((fake) => fake.requests.length);
    for (const [index, bend] of bendsOf(family, name)) fakes[index]?.bendNext(bend);
  };
  const end = async (name: string, result: string): Promise<void> => {
    await Promise.all(fakes.map((fake) => settle(fake)));
    const requests = fakes.flatMap((fake, index) => fake.requests.slice(startedAt[index]).map(describeRequest));
    seen[name] = { result, requests: family.cases[name]?.isConcurrent ? requests.toSorted() : requests };
  };
  return { seen, begin, end };
}

/** The first fake gets the bends of a case; no family needs it otherwise. */
function bendsOf(family: Family, name: string): readonly (readonly [number, Quirk])[] {
  return (family.cases[name]?.bends ?? []).map((bend) => [0, bend] as const);
}

/** A response that the app holds without reading it stays open, so this does not wait for ever. */
async function settle(fake: FakeProvider): Promise<void> {
  const isSettled = fake.waitFor((requests) => requests.every((request) => request.isAnswered || request.isAborted)).catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const isLate = new Promise<void>((resolve) => (timer = setTimeout(resolve, SETTLE_TIMEOUT_MS)));
  await Promise.race([isSettled, isLate]);
  clearTimeout(timer);
}

export function waitForEnd(child: ChildProcess): Promise<Pick<SeenRun, 'ending' | 'lingeredMs' | 'stdout' | 'stderr'>> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const timer = setTimeout(() => child.kill('SIGKILL'), PROGRAM_TIMEOUT_MS);
  let doneAtMs: number | undefined;
  child.once('disconnect', () => (doneAtMs = performance.now()));
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      const lingeredMs = Math.round(performance.now() - (doneAtMs ?? performance.now()));
      resolve({ lingeredMs, ending: signal ? `killed by ${signal}` : `exit code ${code}`, stdout, stderr });
    });
  });
}
