import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { randomKey } from '@llmobserve/testkit';
import type { Order, Outcome } from './capture-app.ts';
import { median } from './median.ts';
import type { Places } from './provider.ts';

const ROUNDS = 5;
const ORDERS: readonly (Order & { readonly name: string })[] = [
  { name: 'call, 50 in flight', kind: 'plain', calls: 5000, inFlight: 50 },
  { name: 'call, one by one', kind: 'plain', calls: 3000, inFlight: 1 },
  { name: 'stream of 203 events, 10 in flight', kind: 'stream', calls: 500, inFlight: 10 },
];

const provider = startProcess('provider.ts', {});
const [{ providerUrl, collectorUrl }] = (await once(provider, 'message')) as [Places];
/** The third app is as bare as the first: what differs between them is noise. */
const apps = {
  bare: await startApp({ BENCH_PROVIDER_URL: providerUrl }),
  observed: await startApp({ BENCH_PROVIDER_URL: providerUrl, BENCH_COLLECTOR_URL: collectorUrl, BENCH_KEY: randomKey() }),
  bareAgain: await startApp({ BENCH_PROVIDER_URL: providerUrl }),
};
type AppName = keyof typeof apps;
/** Who begins changes from round to round, so that a busy moment of the machine hits everybody. */
const TURNS: readonly (readonly AppName[])[] = [
  ['bare', 'observed', 'bareAgain'],
  ['bareAgain', 'bare', 'observed'],
  ['observed', 'bareAgain', 'bare'],
];

for (const order of ORDERS) await compare(order);
for (const child of [...Object.values(apps), provider]) child.kill('SIGKILL');

async function startApp(env: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const app = startProcess('capture-app.ts', env);
  await once(app, 'message');
  return app;
}

function startProcess(file: string, env: Readonly<Record<string, string>>): ChildProcess {
  return fork(fileURLToPath(new URL(`./${file}`, import.meta.url)), { env: { ...process.env, ...env }, execArgv: [] });
}

/** One round to warm up, then five that count. */
async function compare(order: Order & { readonly name: string }): Promise<void> {
  const rounds: Record<AppName, number>[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const cpuUs = { bare: 0, observed: 0, bareAgain: 0 };
    for (const name of TURNS[round % TURNS.length] ?? []) {
      const outcome = await carryOut(apps[name], order);
      if (name === 'observed') assertAllCaptured(outcome, order);
      cpuUs[name] = outcome.cpuUs;
    }
    if (round > 0) rounds.push(cpuUs);
  }
  report(order.name, rounds);
}

async function carryOut(app: ChildProcess, { kind, calls, inFlight }: Order): Promise<Outcome> {
  app.send({ kind, calls, inFlight } satisfies Order);
  const [outcome] = (await once(app, 'message')) as [Outcome];
  return outcome;
}

/** A figure for an SDK that missed calls would say nothing. */
function assertAllCaptured({ captured, lost }: Outcome, { calls }: Order): void {
  if (captured !== calls || lost !== 0) throw new Error(`${captured} of ${calls} calls were captured, ${lost} events were lost`);
}

function report(name: string, rounds: readonly Record<AppName, number>[]): void {
  const base = median(rounds.map((round) => round.bare));
  const added = rounds.map((round) => round.observed - (round.bare + round.bareAgain) / 2);
  const noise = median(rounds.map((round) => Math.abs(round.bareAgain - round.bare)));
  const spread = `${Math.min(...added).toFixed(0)} to ${Math.max(...added).toFixed(0)}`;
  const ratio = (1 + median(added) / base).toFixed(3);
  console.log(
    `${name.padEnd(36)} ${base.toFixed(0)} µs CPU without, +${median(added).toFixed(0)} µs with (${spread}; noise ±${noise.toFixed(0)}), ratio ${ratio}`,
  );
}
