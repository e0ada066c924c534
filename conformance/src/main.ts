import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseCells } from './choose-cells.ts';
import { CLIENTS } from './clients.ts';
import { packSdk } from './pack-sdk.ts';
import { readChoice } from './read-choice.ts';
import { runCell, type Outcome } from './run-cell.ts';
import { startRecordingCollector } from './start-recording-collector.ts';
import { writeTables } from './write-tables.ts';

const SHOWN_FINDINGS = 3;
const HERE = join(import.meta.dirname, '..');

const choice = readChoice(process.argv.slice(2));
// Apart from this repository, so that an app finds nothing but what it was given; and one run does not disturb another.
const cacheFolder = mkdtempSync(join(tmpdir(), 'llmobserve-conformance-'));
process.once('exit', () => rmSync(cacheFolder, { recursive: true, force: true }));
const sdkFolder = choice.sdkFolder ?? packSdk(cacheFolder);
const collector = await startRecordingCollector();
const outcomes: Outcome[] = [];
for (const cell of chooseCells(CLIENTS, choice)) {
  const startedAtMs = performance.now();
  const ofCell = await runCell({ cacheFolder, sdkFolder, collector }, cell);
  outcomes.push(...ofCell);
  tell(`${cell.client.name} on Node ${cell.node}`, ofCell, performance.now() - startedAtMs);
}
await collector.close();
if (choice.writesDocs)
  writeFileSync(join(HERE, '..', 'docs', 'conformance.md'), writeTables(outcomes, { part: choice.part, date: new Date() }));
const failed = outcomes.filter(({ findings }) => findings.length > 0).length;
// A run that proved nothing is no success.
if (failed > 0 || outcomes.length === 0) process.exitCode = 1;
console.log(`${outcomes.length - failed} passed, ${failed} failed`);

/** One line a cell, and all that is wrong in it. */
function tell(cell: string, ofCell: readonly Outcome[], durationMs: number): void {
  const broken = ofCell.filter(({ findings }) => findings.length > 0);
  const result = broken.length === 0 ? `ok, ${ofCell.length} cases` : `${broken.length} of ${ofCell.length} BROKEN`;
  console.log(`${cell}: ${result} (${(durationMs / 1000).toFixed(1)} s)`);
  for (const { order, name, findings } of broken) {
    for (const finding of findings.slice(0, SHOWN_FINDINGS)) console.error(`  ${cell}, ${order}, "${name}": ${finding}`);
  }
}
