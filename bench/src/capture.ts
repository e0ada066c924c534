import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { randomKey } from '@llmobserve/testkit';
import type { Order, Outcome } from './capture-app.ts';
import { median } from './median.ts';
import type { Places } from './provider.ts';

const ROUNDS = 5;
const ORDERS: readonly (Order & { readonly name: string })[] = [
  { name: 'call, 50 in flight', kind: 'plain', calls: 3000, inFlight: 50 },
  { name: 'call, one by one', kind: 'plain', calls: 1000, inFlight: 1 },
  { name: 'stream of 203 events, 10 in flight', kind: 'stream', calls: 300, inFlight: 10 },
];

const provider = startProcess('provider.ts', {});
const [{ providerUrl, collectorUrl }] = (await once(provider, 'message')) as [Places];
const bare = await startApp({ BENCH_PROVIDER_URL: providerUrl });
const observed = await startApp({ BENCH_PROVIDER_URL: providerUrl, BENCH_COLLECTOR_URL: collectorUrl, BENCH_KEY: randomKey() });

for (const order of ORDERS) await compare(order);
for (const child of [bare, observed, provider]) child.kill('SIGKILL');

async function startApp(env: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const app = startProcess('capture-app.ts', env);
  await once(app, 'message');
  return app;
}

function startProcess(file: string, env: Readonly<Record<string, string>>): ChildProcess {
  return fork(fileURLToPath(new URL(`./${file}`, import.meta.url)), { env: { ...process.env, ...env }, execArgv: [] });
}

/** One round each to warm up, then five rounds in turns, so that a busy moment of the machine hits both. */
async function compare(order: Order & { readonly name: string }): Promise<void> {
  const without: number[] = [];
  const added: number[] = [];
  await carryOut(bare, order);
  await carryOut(observed, order);
  for (let round = 0; round < ROUNDS; round += 1) {
    const isBareFirst = round % 2 === 0;
    const first = await carryOut(isBareFirst ? bare : observed, order);
    const second = await carryOut(isBareFirst ? observed : bare, order);
    const [base, watched] = isBareFirst ? [first, second] : [second, first];
    assertAllCaptured(watched, order);
    without.push(base.cpuUs);
    added.push(watched.cpuUs - base.cpuUs);
  }
  report(order.name, without, added);
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

function report(name: string, without: readonly number[], added: readonly number[]): void {
  const base = median(without);
  const extra = median(added);
  const spread = `${Math.min(...added).toFixed(0)} to ${Math.max(...added).toFixed(0)}`;
  console.log(
    `${name.padEnd(36)} ${base.toFixed(0)} µs CPU without, +${extra.toFixed(1)} µs with (${spread}), ${(1 + extra / base).toFixed(3)}×`,
  );
}
