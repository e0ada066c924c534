import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { randomKey, reapProcess, startCollector, startPostgres } from '@llmobserve/testkit';
import { countEvents, makeBatches } from './make-batches.ts';
import { median } from './median.ts';
import { readProcessCpuUs } from './process-cpu.ts';
import { sendBatches, type Target } from './send-batches.ts';

const ROUNDS = 5;
const WARM_UP_BATCHES = 40;
const BATCHES = 100;
const COLLECTOR = fileURLToPath(new URL('../../packages/collector/dist/main.js', import.meta.url));

type Server = Target & { readonly pid: number; readonly stop: () => void };
type Round = { readonly cpuUs: number; readonly p50Ms: number };

const postgres = await startPostgres();
const key = randomKey();
const collector = await startOurs(await postgres.newDatabase());
const byHand = await startByHand(await postgres.newDatabase());

await measure(collector, makeBatches(WARM_UP_BATCHES));
await measure(byHand, makeBatches(WARM_UP_BATCHES));
const ours: Round[] = [];
const theirs: Round[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const bodies = makeBatches(BATCHES);
  const isOursFirst = round % 2 === 0;
  if (isOursFirst) ours.push(await measure(collector, bodies));
  theirs.push(await measure(byHand, bodies));
  if (!isOursFirst) ours.push(await measure(collector, bodies));
}
report();
collector.stop();
byHand.stop();
await postgres.stop();

async function startOurs(databaseUrl: string): Promise<Server> {
  const started = await startCollector({ databaseUrl, keys: [key], entry: COLLECTOR, env: { NODE_ENV: 'production' } });
  return { url: started.url, key, pid: started.pid, stop: () => void started.stop() };
}

async function startByHand(databaseUrl: string): Promise<Server> {
  const entry = fileURLToPath(new URL('./hand-written-server.ts', import.meta.url));
  const child = spawn(process.execPath, [entry], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { DATABASE_URL: databaseUrl, BENCH_KEY: key, NODE_ENV: 'production' },
  });
  if (child.pid) reapProcess(child.pid);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  // Safe because the server beside this file writes nothing else.
  const { url } = JSON.parse(line.toString()) as { readonly url: string };
  return { url, key, pid: child.pid ?? 0, stop: () => child.kill() };
}

/** CPU of the server's process for each event of a round, and the median time to an answer. */
async function measure(server: Server, bodies: readonly string[]): Promise<Round> {
  const beforeUs = readProcessCpuUs(server.pid);
  const latenciesMs = await sendBatches(server, bodies);
  return { cpuUs: (readProcessCpuUs(server.pid) - beforeUs) / countEvents(bodies), p50Ms: median(latenciesMs) };
}

function report(): void {
  reportRounds('collector', ours);
  reportRounds('hand-written', theirs);
  const ratio = median(ours.map((round) => round.cpuUs)) / median(theirs.map((round) => round.cpuUs));
  console.log(`collector / hand-written ${ratio.toFixed(2)}  (${ROUNDS} interleaved rounds of ${BATCHES} batches of 500, one PostgreSQL)`);
}

function reportRounds(name: string, rounds: readonly Round[]): void {
  const cpuUs = rounds.map((round) => round.cpuUs);
  const spread = `${Math.min(...cpuUs).toFixed(1)}–${Math.max(...cpuUs).toFixed(1)}`;
  const answerMs = median(rounds.map((round) => round.p50Ms)).toFixed(0);
  console.log(`${name.padEnd(13)} ${median(cpuUs).toFixed(1)} µs CPU an event (${spread}), ${answerMs} ms to an answer`);
}
