import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { randomKey } from '@llmobserve/testkit';
import type { Order, Outcome } from './capture-app.ts';
import { median } from './median.ts';
import type { Places } from './provider.ts';

const STARTS = 15;
const BURSTS = 5;
const BURST: Order = { kind: 'plain', calls: 10_000, inFlight: 200 };
const STREAM_ROUNDS = 9;
const STREAMS: Order = { kind: 'stream', calls: 40, inFlight: 1 };
/** A hundred thousand calls; what lives after the first ten thousand is what the others must not add to. */
const STRETCHES = 10;
const MB = 1_000_000;

type Side = 'bare' | 'observed';
const SIDES: readonly Side[] = ['bare', 'observed'];

const provider = start('provider.ts', {});
const [{ providerUrl, collectorUrl }] = (await once(provider, 'message')) as [Places];

await measureStart();
await measureFirstChunk();
await measureBurst();
await measureHeap();
provider.kill('SIGKILL');

async function measureStart(): Promise<void> {
  const ms = await inTurns(STARTS, async (side) => {
    const [cpuMs] = (await once(start('start-up.ts', { BENCH_SIDE: side, BENCH_KEY: randomKey() }), 'message')) as [number];
    return cpuMs;
  });
  report('import and init, CPU of a fresh process', ms, { unit: 'ms', digits: 1 });
}

async function measureFirstChunk(): Promise<void> {
  const apps = { bare: await startApp('bare'), observed: await startApp('observed') };
  await inTurns(1, (side) => carryOut(apps[side], STREAMS));
  const us = await inTurns(STREAM_ROUNDS, async (side) => (await carryOut(apps[side], STREAMS)).firstChunkUs);
  report('first chunk of a stream', us, { unit: 'µs', digits: 0 });
  for (const side of SIDES) apps[side].kill('SIGKILL');
}

/** Each burst in a process of its own: what was held once stays held. */
async function measureBurst(): Promise<void> {
  const mb = await inTurns(BURSTS, async (side) => {
    const app = await startApp(side);
    const { peakRssBytes } = await carryOut(app, BURST);
    app.kill('SIGKILL');
    return peakRssBytes / MB;
  });
  report('peak of memory in a burst of 10 000 calls', mb, { unit: 'MB', digits: 1 });
}

async function measureHeap(): Promise<void> {
  const app = await startApp('observed', ['--expose-gc']);
  const heapsMb: number[] = [];
  for (let stretch = 0; stretch < STRETCHES; stretch += 1) heapsMb.push((await carryOut(app, BURST)).heapBytes / MB);
  app.kill('SIGKILL');
  console.log(`live heap after each 10 000 of 100 000 calls: ${heapsMb.map((mb) => mb.toFixed(1)).join(' ')} MB`);
}

/** Both sides after each other, the order changing, so that a busy moment of the machine hits both. */
async function inTurns<Value>(rounds: number, measure: (side: Side) => Promise<Value>): Promise<Record<Side, Value[]>> {
  const values: Record<Side, Value[]> = { bare: [], observed: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const side of round % 2 === 0 ? SIDES : SIDES.toReversed()) values[side].push(await measure(side));
  }
  return values;
}

function report(name: string, { bare, observed }: Record<Side, number[]>, { unit, digits }: { unit: string; digits: number }): void {
  const added = observed.map((value, round) => value - (bare[round] ?? value));
  const spread = `${Math.min(...added).toFixed(digits)} to ${Math.max(...added).toFixed(digits)}`;
  console.log(`${name}: ${median(bare).toFixed(digits)} ${unit} without, +${median(added).toFixed(digits)} with (${spread})`);
}

async function carryOut(app: ChildProcess, order: Order): Promise<Outcome> {
  app.send({ kind: order.kind, calls: order.calls, inFlight: order.inFlight } satisfies Order);
  const [outcome] = (await once(app, 'message')) as [Outcome];
  return outcome;
}

async function startApp(side: Side, execArgv: readonly string[] = []): Promise<ChildProcess> {
  const observed = side === 'observed' ? { BENCH_COLLECTOR_URL: collectorUrl, BENCH_KEY: randomKey() } : {};
  const app = start('capture-app.ts', { BENCH_PROVIDER_URL: providerUrl, ...observed }, execArgv);
  await once(app, 'message');
  return app;
}

function start(file: string, env: Readonly<Record<string, string>>, execArgv: readonly string[] = []): ChildProcess {
  return fork(fileURLToPath(new URL(`./${file}`, import.meta.url)), { env: { ...process.env, ...env }, execArgv: [...execArgv] });
}
