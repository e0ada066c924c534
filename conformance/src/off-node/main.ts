import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CLIENTS } from '../clients.ts';
import { packSdk } from '../pack-sdk.ts';
import { startRecordingCollector } from '../start-recording-collector.ts';
import { RUNTIMES } from './find-binary.ts';
import { runClient, type Outcome } from './run-client.ts';
import { writePage } from './write-page.ts';

const SHOWN_FINDINGS = 3;
/** Clients that work off Node at all and keep to fetch there. */
const NAMES = ['openai 7', 'pinecone 9', 'anthropic 1', 'genai 3', 'ai 7'];
const HERE = join(import.meta.dirname, '..', '..');

const { values: choice } = parseArgs({
  options: {
    runtime: { type: 'string' },
    client: { type: 'string' },
    sdk: { type: 'string' },
    'write-docs': { type: 'boolean', default: false },
  },
});
const cacheFolder = join(HERE, '.cache', 'off-node');
mkdirSync(cacheFolder, { recursive: true });
const deps = { cacheFolder, sdkFolder: choice.sdk ?? packSdk(cacheFolder), collector: await startRecordingCollector() };
const clients = CLIENTS.filter(({ name }) => (choice.client === undefined ? NAMES.includes(name) : name === choice.client));
const outcomes: Outcome[] = [];
for (const runtime of RUNTIMES.filter((name) => choice.runtime === undefined || name === choice.runtime)) {
  for (const client of clients) {
    const startedAtMs = performance.now();
    const ofClient = await runClient(deps, { runtime, client });
    outcomes.push(...ofClient);
    tell(`${client.name} on ${runtime}`, ofClient, performance.now() - startedAtMs);
  }
}
await deps.collector.close();
if (choice['write-docs']) writeFileSync(join(HERE, '..', 'docs', 'conformance-off-node.md'), writePage(outcomes, new Date()));
const failed = outcomes.filter(({ findings }) => findings.length > 0).length;
// A run that proved nothing is no success.
if (failed > 0 || outcomes.length === 0) process.exitCode = 1;
console.log(`${outcomes.length - failed} passed, ${failed} failed`);

/** One line for a client on a runtime, and all that is wrong with it. */
function tell(subject: string, ofClient: readonly Outcome[], durationMs: number): void {
  const broken = ofClient.filter(({ findings }) => findings.length > 0);
  const result = broken.length === 0 ? `ok, ${ofClient.length} cases` : `${broken.length} of ${ofClient.length} BROKEN`;
  console.log(`${subject}: ${result} (${(durationMs / 1000).toFixed(1)} s)`);
  for (const { way, name, findings } of broken) {
    for (const finding of findings.slice(0, SHOWN_FINDINGS)) console.error(`  ${subject}, ${way}, "${name}": ${finding}`);
  }
}
