import type { AskOptions, Asked } from './ask-collector.ts';
import { checkClock } from './check-clock.ts';
import { checkKey } from './check-key.ts';
import { checkRuntime } from './check-runtime.ts';
import { CLIENT_PROBES, FETCH_PROBE, type ClientProbe } from './client-probes.ts';
import type { FoundClient } from './find-clients.ts';
import { judgeConnection } from './judge-connection.ts';
import { judgeProbe, type ProbeRun } from './judge-probe.ts';
import type { Check, Report } from './report.ts';

export type DoctorDeps = {
  readonly version: string;
  readonly nodeVersion: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: { nowMs(): number; monotonicMs(): number };
  readonly ask: (url: URL, options: AskOptions) => Promise<Asked>;
  readonly findClients: (probes: readonly ClientProbe[]) => readonly FoundClient[];
  /** Ends by itself when the time is over. */
  readonly runProbe: (probe: ClientProbe) => Promise<ProbeRun>;
};

export type DoctorOptions = { readonly collectorUrl: string; readonly isOffline: boolean };

const ASK_TIMEOUT_MS = 4_000;
/** Clients take a core each to load. */
const PROBES_AT_ONCE = 3;

/** Checks everything that has to be right for calls to be captured and to arrive; the slow halves run side by side. */
export async function runDoctor(deps: DoctorDeps, options: DoctorOptions): Promise<Report> {
  const startMs = deps.clock.monotonicMs();
  const key = checkKey(deps.env['LLMOBSERVE_API_KEY']);
  const [connection, capture] = await Promise.all([checkCollector(deps, options), checkCapture(deps)]);
  const checks = [
    checkRuntime(deps.nodeVersion),
    ...(options.isOffline && key.status === 'fail' ? [{ ...key, status: 'warn' as const }] : [key]),
    ...connection,
    ...capture,
  ];
  const isOk = checks.every(({ status }) => status !== 'fail');
  return { version: deps.version, isOk, durationMs: Math.round(deps.clock.monotonicMs() - startMs), checks };
}

async function checkCollector({ env, clock, ask }: DoctorDeps, { collectorUrl, isOffline }: DoctorOptions): Promise<readonly Check[]> {
  if (isOffline) return [{ name: 'connection', status: 'skip', message: 'left out: --offline' }];
  const url = readUrl(collectorUrl);
  if (!url) {
    const message = `${JSON.stringify(collectorUrl)} is no http(s) URL`;
    return [{ name: 'connection', status: 'fail', message, advice: 'write it with its scheme, such as https://collector.example.com' }];
  }
  const sentMs = clock.nowMs();
  const key = env['LLMOBSERVE_API_KEY']?.trim() ?? '';
  const asked = await ask(url, { key, timeoutMs: ASK_TIMEOUT_MS, nowMs: clock.monotonicMs });
  const hasProxy = ['HTTP_PROXY', 'HTTPS_PROXY'].some((name) => env[name] ?? env[name.toLowerCase()]);
  const connection = judgeConnection(asked, { origin: url.origin, hasProxy, hasKey: key !== '' });
  if (asked.kind === 'failure') return connection;
  return [...connection, checkClock(asked.headers.date, { sentMs, answeredMs: clock.nowMs() })];
}

/** Where the collector is asked whose key this is. */
function readUrl(collectorUrl: string): URL | undefined {
  if (!URL.canParse(collectorUrl)) return undefined;
  const url = new URL(collectorUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/v1/ping`;
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
}

async function checkCapture({ findClients, runProbe }: DoctorDeps): Promise<readonly Check[]> {
  const clients = findClients(CLIENT_PROBES);
  const waiting = [{ probe: FETCH_PROBE, name: 'fetch' }, ...clients].entries();
  const checks: Check[] = [];
  const work = async (): Promise<void> => {
    // One iterator for all workers: each takes the next that nobody has.
    for (const [at, { probe, name }] of waiting) checks[at] = judgeProbe(name, probe.provider, await runProbe(probe));
  };
  await Promise.all(Array.from({ length: PROBES_AT_ONCE }, work));
  if (clients.length > 0) return checks;
  return [...checks, { name: 'capture clients', status: 'skip', message: 'no client that doctor knows is installed in this folder' }];
}
