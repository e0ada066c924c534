import { parseFirstLine, type FirstLine } from '@llmobserve/testkit';
import { once } from 'node:events';
import { join } from 'node:path';
import { awaitStop, type Stop } from './await-stop.ts';
import { buildDashboard } from './build-dashboard.ts';
import { FAKE_PLAN, keepAsking, LIVE_PLAN, sendBurst, type TrafficDeps } from './drive-traffic.ts';
import { keepDemoKey } from './keep-demo-key.ts';
import type { AppRequest } from './pick-request.ts';
import { DemoError, readDemoConfig, type DemoConfig, type Env } from './read-demo-config.ts';
import { sendRequest } from './send-request.ts';
import { startChild, type Child } from './start-child.ts';
import { startProviders, type Providers } from './start-providers.ts';

/** One call in so many is refused at first, and made again by its client. */
const STUMBLE_SHARE = 0.02;

export type DemoDeps = {
  /** The repository. */
  readonly root: string;
  readonly env: Env;
  readonly args: readonly string[];
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
};

/** Runs the whole demo until it is told to stop or a part of it gives up; gives the exit code. */
export async function runDemo(deps: DemoDeps): Promise<number> {
  const stop = awaitStop(deps.env);
  const parts: Parts = { children: [], providers: [] };
  const asked = once(stop.asked, 'abort').then(() => undefined);
  const failure = await Promise.race([asked, runParts(deps, parts, stop.asked).catch(wordsOf)]);
  if (failure !== undefined) deps.complain(failure);
  await stopParts(parts, stop);
  return failure === undefined ? 0 : 1;
}

/** The parts that run, in the order in which they were started. */
type Parts = { readonly children: Child[]; readonly providers: Providers[] };

/** Starts one part after the other and lets customers ask; gives a sentence when a part ends by itself. */
async function runParts(deps: DemoDeps, parts: Parts, signal: AbortSignal): Promise<string> {
  const config = readDemoConfig(deps.env, deps.args);
  const apiKey = config.apiKey ?? keepDemoKey(config.dataDir);
  await buildDashboard({ root: deps.root, say: deps.say, signal });

  deps.say('Starting the collector …');
  const collector = startChild('collector', join(deps.root, 'packages/collector/src/main.ts'), collectorEnv(deps.env, config, apiKey));
  parts.children.push(collector);
  const { url, signInUrl } = readSaid(await collector.readFirstLine());

  deps.say('Starting the app and its providers …');
  const providers = await startProviders(config.liveOpenAi);
  parts.providers.push(providers);
  // Nothing is started any more once everything is being stopped.
  signal.throwIfAborted();
  const appEnv = { PORT: '0', LLMOBSERVE_API_KEY: apiKey, LLMOBSERVE_COLLECTOR_URL: url, ...providers.env };
  const app = startChild('app', join(deps.root, 'examples/multi-tenant-express/src/main.ts'), appEnv);
  parts.children.push(app);
  const appUrl = (await app.readFirstLine()).replace(/^.*(?=http:)/, '');

  const plan = config.liveOpenAi === undefined ? FAKE_PLAN : LIVE_PLAN;
  const traffic: TrafficDeps = { random: Math.random, nowMs: Date.now, signal, send: sendVia({ appUrl, providers, signal }) };
  deps.say(`Twelve customers ask ${plan.burst} questions …`);
  const answered = await sendBurst(traffic, plan);
  if (answered === 0 && !signal.aborted) throw new DemoError(noAnswer(config));
  deps.say(`Dashboard: ${signInUrl ?? url}`);
  deps.say('Customers keep asking. Ctrl-C ends everything; the next start keeps the data.');
  void keepAsking(traffic, plan).then(
    (sent) => signal.aborted || deps.say(`${sent} questions were asked, which is all that this demo asks.`),
  );
  return Promise.race([collector.ended, app.ended]);
}

function collectorEnv(env: Env, config: DemoConfig, apiKey: string): Env {
  const keys = env['LLMOBSERVE_BOOTSTRAP_KEY']?.trim() || apiKey;
  return { LOG_LEVEL: 'warn', ...env, LLMOBSERVE_DATA_DIR: config.dataDir, LLMOBSERVE_BOOTSTRAP_KEY: keys, LLMOBSERVE_SIGN_IN_LINK: '1' };
}

function noAnswer({ liveOpenAi }: DemoConfig): string {
  if (liveOpenAi === undefined) return 'The app answered no question: run `npm ci` and start again.';
  return 'OpenAI answered no question: check OPENAI_API_KEY and its quota, or leave --live out to use the local fakes.';
}

function readSaid(line: string): FirstLine {
  const said = parseFirstLine(line);
  if (said) return said;
  throw new DemoError(`The collector's first line does not say where it listens: ${line}`);
}

function sendVia(via: { appUrl: string; providers: Providers; signal: AbortSignal }): (request: AppRequest) => Promise<boolean> {
  return (request) => {
    if (Math.random() < STUMBLE_SHARE) via.providers.stumble();
    return sendRequest(via.appUrl, request, via.signal);
  };
}

/** What was foreseen is one sentence; anything else is a bug and is shown whole. */
function wordsOf(error: unknown): string {
  if (error instanceof DemoError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The app first, so that what it has captured still finds a collector. */
async function stopParts({ children, providers }: Parts, { insisted }: Stop): Promise<void> {
  insisted.addEventListener('abort', () => children.forEach((child) => child.kill()));
  for (const child of children.toReversed()) await child.stop();
  await Promise.all(providers.map((provider) => provider.close()));
}
