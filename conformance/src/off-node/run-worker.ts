import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Family } from '../family.ts';
import { KEY, nameHosts, waitForEnd, watchCases, type SeenRun } from '../run-program.ts';
import { startProviders } from '../start-providers.ts';
import type { RecordingCollector } from '../start-recording-collector.ts';
import { findBinary } from './find-binary.ts';
import { writeWorker, type WorkerWay } from './write-worker.ts';

export type RunWorkerDeps = { readonly collector: RecordingCollector; readonly folder: string };
export type RunWorkerAsk = {
  readonly way: WorkerWay;
  readonly hasSdk: boolean;
  readonly familyName: string;
  readonly family: Family;
  readonly caseNames: readonly string[];
  readonly can: readonly string[];
};

const COMPATIBILITY_DATE = '2026-07-01';
/** File descriptor on which workerd tells where it listens. */
const CONTROL = 3;
/** Longer than a batch waits for company, with the way to the collector. */
const LAST_BATCH_MS = 1500;

/** Runs the cases in a worker of workerd's, each in a request of its own. */
export async function runWorker({ collector, folder }: RunWorkerDeps, ask: RunWorkerAsk): Promise<SeenRun> {
  const { family, familyName, caseNames, can } = ask;
  await writeWorker({ ...ask, folder, family: familyName, modules: family.modules });
  const providers = await startProviders(family.providers);
  const bindings = {
    CAN: JSON.stringify(can),
    URLS: JSON.stringify(providers.urls),
    PROVIDERS: JSON.stringify(nameHosts(family, providers.urls)),
    LLMOBSERVE_API_KEY: KEY,
    LLMOBSERVE_COLLECTOR_URL: collector.url,
  };
  writeFileSync(join(folder, 'worker.capnp'), configOf(bindings));
  const child = spawn(findBinary('workerd'), ['serve', `--control-fd=${CONTROL}`, 'worker.capnp'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const ended = waitForEnd(child);
  const url = `http://127.0.0.1:${await portOf(child)}`;
  const cases = watchCases({ family, fakes: providers.fakes });
  for (const name of caseNames) {
    cases.begin(name);
    const answer = await fetch(`${url}/${encodeURIComponent(name)}`);
    await cases.end(name, await answer.text());
  }
  const problems = ask.hasSdk ? await findUnsent(url) : [];
  child.kill();
  const seen = await ended;
  await providers.close();
  const taken = collector.take();
  return { cases: cases.seen, events: taken.events, problems: [...problems, ...taken.problems], ...seen };
}

/** What is captured has to leave by itself; only a failure that may be tried again waits for longer, or for a flush. */
async function findUnsent(url: string): Promise<readonly string[]> {
  await new Promise((resolve) => setTimeout(resolve, LAST_BATCH_MS));
  const stats = await (await fetch(`${url}/!stats`)).text();
  await (await fetch(`${url}/!flush`)).text();
  return stats.includes('"queued":0') ? [] : [`not sent without a flush: ${stats}`];
}

function configOf(bindings: Readonly<Record<string, string>>): string {
  const texts = Object.entries(bindings).map(([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main), (name = "internet", network = (allow = ["public", "private", "local"]))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
const main :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "bundle/worker.mjs")],
  compatibilityDate = "${COMPATIBILITY_DATE}",
  compatibilityFlags = ["nodejs_compat"],
  bindings = [${texts.join(', ')}]
);
`;
}

async function portOf(child: ChildProcess): Promise<number> {
  // Safe because it was asked for as a pipe.
  const lines = createInterface({ input: child.stdio[CONTROL] as Readable });
  const line = await Promise.race([once(lines, 'line').then(String), once(child, 'close').then(() => '')]);
  const port = Number(/"port":(\d+)/.exec(line)?.[1] ?? Number.NaN);
  if (Number.isNaN(port)) throw new Error(`workerd did not start: ${line}`);
  return port;
}
