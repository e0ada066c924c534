import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { startEstimator } from './start-estimator.ts';
import { installPeers } from './install-peers.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** A short question, and a page. */
const LENGTHS = [80, 1600];
const MAX_SAMPLES = 400;
const ENCODINGS = ['o200k_base', 'cl100k_base'];
/** The compiler's messages are the same text in many languages, and come with every install of this repository. */
const LANGUAGES = ['de', 'es', 'fr', 'it', 'pl', 'cs', 'pt-br', 'tr', 'ru', 'ja', 'ko', 'zh-cn', 'zh-tw'];

type Tokenizer = { countTokens(text: string): number };

const require = createRequire(`${installPeers()}package.json`);
const texts: Readonly<Record<string, string>> = {
  'English prose': readAll(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/api.md', 'node_modules/typescript/README.md']),
  'English messages': Object.keys(readJson('node_modules/typescript/lib/de/diagnosticMessages.generated.json'))
    .map((key) => key.replace(/_\d+$/, '').replaceAll('_', ' '))
    .join('\n'),
  ...Object.fromEntries(
    LANGUAGES.map((language) => [
      language,
      Object.values(readJson(`node_modules/typescript/lib/${language}/diagnosticMessages.generated.json`)).join('\n'),
    ]),
  ),
  TypeScript: readAll(listSources('packages/collector/src/ingest')),
  JavaScript: readFileSync(`${ROOT}node_modules/typescript/lib/typescript.js`, 'utf8').slice(0, 2_000_000),
  JSON: readAll(listSources('packages/protocol/fixtures/v1')),
  'JSON with hashes': readFileSync(`${ROOT}package-lock.json`, 'utf8'),
};

const estimator = await startEstimator();
const kinds = await Promise.all(
  Object.entries(texts).map(async ([name, text]) => {
    const samples = LENGTHS.map((length) => sample(text, length));
    return { name, samples, estimates: await Promise.all(samples.map((each) => estimator.estimate(each))) };
  }),
);
await estimator.close();

for (const encoding of ENCODINGS) {
  // Safe because each encoding of this tokenizer has this door.
  const tokenizer = require(`gpt-tokenizer/encoding/${encoding}`) as Tokenizer;
  console.log(`\n${encoding}: mean error and 95th percentile of one estimate, and the error of all together`);
  for (const { name, samples, estimates } of kinds) {
    const columns = samples.map((each, index) =>
      report(
        estimates[index] ?? [],
        each.map((text) => tokenizer.countTokens(text)),
      ),
    );
    console.log(`| ${name} | ${columns.join(' | ')} |`);
  }
}

function report(estimates: readonly number[], counts: readonly number[]): string {
  const errors = counts.map((tokens, index) => Math.abs((estimates[index] ?? 0) - tokens) / tokens).toSorted((a, b) => a - b);
  const mean = sum(errors) / errors.length;
  const bias = sum(estimates) / sum(counts) - 1;
  return `${percent(mean)}, ${percent(errors[Math.floor(errors.length * 0.95)] ?? 0)}, ${bias < 0 ? '−' : '+'}${percent(Math.abs(bias))}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Pieces of one length from all over the text. */
function sample(text: string, length: number): readonly string[] {
  const count = Math.min(MAX_SAMPLES, Math.floor(text.length / length));
  const step = Math.floor(text.length / count);
  return Array.from({ length: count }, (_, index) => text.slice(index * step, index * step + length));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

function readAll(files: readonly string[]): string {
  return files.map((file) => readFileSync(`${ROOT}${file}`, 'utf8')).join('\n');
}

function listSources(folder: string): readonly string[] {
  return readdirSync(`${ROOT}${folder}`, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => `${folder}/${name}`);
}

function readJson(file: string): Readonly<Record<string, string>> {
  // Safe because the compiler's messages are texts by their English wording.
  return JSON.parse(readFileSync(`${ROOT}${file}`, 'utf8')) as Readonly<Record<string, string>>;
}
