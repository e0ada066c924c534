import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { randomKey } from '@llmobserve/testkit';
import type { Order } from './capture-app.ts';
import { installPeers } from './install-peers.ts';
import { median } from './median.ts';
import { startPeerSink } from './peer-sink.ts';
import type { Places } from './provider.ts';

/** What a side adds is told against the mean of the two bare ones, whose difference is the noise. */
const BARE = ['bare', 'bare-again'] as const;
const PEERS = ['opentelemetry', 'langfuse'] as const;
const SIDES = [BARE[0], 'floor', 'llmobserve', ...PEERS, BARE[1]] as const;
type Side = (typeof SIDES)[number];
type App = { readonly process: ChildProcess; readonly startCpuMs: number; readonly sink: Awaited<ReturnType<typeof startPeerSink>> };
type Round = Readonly<Record<Side, number>>;

const ROUNDS = 7;
const ORDERS: readonly (Order & { readonly name: string })[] = [
  { name: 'call, 50 in flight', kind: 'plain', calls: 3000, inFlight: 50 },
  { name: 'stream of 203 events, 10 in flight', kind: 'stream', calls: 300, inFlight: 10 },
];

const FOLDER = installPeers();
const provider = fork(fileURLToPath(new URL('./provider.ts', import.meta.url)), { execArgv: [] });
const [{ providerUrl }] = (await once(provider, 'message')) as [Places];
const apps = new Map<Side, App>();
for (const side of SIDES) apps.set(side, await startApp(side));
for (const order of ORDERS) report(order.name, await compare(order));
for (const [side, { startCpuMs, sink }] of apps) {
  console.log(
    `${side.padEnd(14)} start ${startCpuMs.toFixed(1)} ms CPU, ${sink.recorded()} recorded, ${sink.bytesEach().toFixed(0)} bytes each`,
  );
}
for (const { process: app, sink } of apps.values()) {
  app.kill('SIGKILL');
  sink.close();
}
provider.kill('SIGKILL');

async function startApp(side: Side): Promise<App> {
  const sink = await startPeerSink();
  const env = { ...process.env, BENCH_SIDE: side, BENCH_PROVIDER_URL: providerUrl, BENCH_SINK_URL: sink.url, BENCH_KEY: randomKey() };
  const app = fork(`${FOLDER}app.mjs`, { env, execArgv: [] });
  const [{ startCpuMs }] = (await once(app, 'message')) as [{ readonly startCpuMs: number }];
  return { process: app, startCpuMs, sink };
}

/** One round to warm up, then those that count; who begins changes, so that a busy moment of the machine hits everybody. */
async function compare(order: Order): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const cpuUs = Object.fromEntries(SIDES.map((side) => [side, 0])) as Record<Side, number>;
    for (let turn = 0; turn < SIDES.length; turn += 1) {
      const side = SIDES[(round + turn) % SIDES.length];
      if (side) cpuUs[side] = await carryOut(side, order);
    }
    if (round > 0) rounds.push(cpuUs);
  }
  return rounds;
}

async function carryOut(side: Side, { kind, calls, inFlight }: Order): Promise<number> {
  const app = apps.get(side);
  if (!app) throw new Error(`no app for ${side}`);
  const before = app.sink.recorded();
  app.process.send({ kind, calls, inFlight } satisfies Order);
  const [{ cpuUs }] = (await once(app.process, 'message')) as [{ readonly cpuUs: number }];
  const recorded = app.sink.recorded() - before;
  // A figure for an observer that missed calls would say nothing.
  if (side === 'llmobserve' && recorded !== calls) throw new Error(`llmobserve recorded ${recorded} of ${calls} calls`);
  if (PEERS.some((peer) => peer === side) && recorded === 0) throw new Error(`${side} recorded nothing`);
  return cpuUs;
}

function report(name: string, rounds: readonly Round[]): void {
  const base = median(rounds.map(bareUs));
  const noise = median(rounds.map((round) => Math.abs(round[BARE[0]] - round[BARE[1]])));
  console.log(`${name}: ${base.toFixed(0)} µs CPU without, noise ±${noise.toFixed(0)}`);
  for (const side of SIDES) {
    if (BARE.some((bare) => bare === side)) continue;
    const added = rounds.map((round) => round[side] - bareUs(round));
    const spread = `${Math.min(...added).toFixed(0)} to ${Math.max(...added).toFixed(0)}`;
    console.log(`  ${side.padEnd(14)} +${median(added).toFixed(0)} µs (${spread}), ratio ${(1 + median(added) / base).toFixed(3)}`);
  }
}

function bareUs(round: Round): number {
  return (round[BARE[0]] + round[BARE[1]]) / 2;
}
