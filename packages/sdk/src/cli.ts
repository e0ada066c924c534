#!/usr/bin/env node
import { askCollector, findClients, readArguments, runDoctor, runProbe, USAGE, writeReport } from './cli/index.ts';
import { resolveConfig } from './config.ts';
import { PACKAGE_NAME, PACKAGE_VERSION } from './package-identity.ts';

/** Everything is checked within this, or said to have taken too long. */
const DEADLINE_MS = 10_000;

/** Finds a module that lies beside this one, as source or as built. */
function beside(name: string): string {
  return import.meta.url.replace(/cli(?=\.\w+$)/, name);
}

await main();

async function main(): Promise<void> {
  const { env } = process;
  const command = readArguments(process.argv.slice(2));
  if (command.kind === 'help') return void process.stdout.write(USAGE);
  if (command.kind === 'version') return void process.stdout.write(`${PACKAGE_VERSION}\n`);
  if (command.kind === 'mistake') {
    process.stderr.write(`${PACKAGE_NAME}: ${command.message}\n\n${USAGE}`);
    process.exitCode = 1;
    return;
  }
  const folder = process.cwd();
  const signal = AbortSignal.timeout(DEADLINE_MS);
  const { collectorUrl } = resolveConfig({ collectorUrl: command.collectorUrl, enabled: false }, { env, isKeyNeeded: false });
  const report = await runDoctor(
    {
      version: PACKAGE_VERSION,
      nodeVersion: process.versions.node,
      env,
      clock: { nowMs: () => Date.now(), monotonicMs: () => performance.now() },
      ask: askCollector,
      findClients: (probes) => findClients(folder, probes),
      runProbe: (probe) => runProbe(probe, { folder, beside, nodeFlags: process.execArgv, env, signal }),
    },
    { collectorUrl, isOffline: command.isOffline },
  );
  process.stdout.write(command.isJson ? `${JSON.stringify(report, undefined, 2)}\n` : writeReport(report));
  process.exitCode = report.isOk ? 0 : 1;
}
