import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SDK = 'packages/sdk/src';
const COLLECTOR = 'packages/collector/src';
const DASHBOARD = 'packages/dashboard/src';

type Case = readonly [what: string, rule: string, path: string, text: string];

const REFUSED: readonly Case[] = [
  ['a package in the floor', 'no-restricted-imports', 'packages/protocol/src/a.ts', "import 'node:fs';"],
  ['a runtime dependency in the SDK', 'no-restricted-imports', `${SDK}/b.ts`, "export { fetch } from 'undici';"],
  ['pricing in the SDK', 'no-restricted-imports', `${SDK}/c.ts`, "export { a } from '@llmobserve/pricing';"],
  ['the testkit in src', 'no-restricted-imports', `${COLLECTOR}/d.ts`, "export { a } from '@llmobserve/testkit';"],
  ['the collector in the dashboard', 'no-restricted-imports', `${DASHBOARD}/e.ts`, "export type { A } from '@llmobserve/collector';"],
  ['wire knowing providers', 'no-restricted-imports', `${SDK}/wire/f.ts`, "export { a } from '../providers/index.ts';"],
  ['a provider calling wire', 'no-restricted-imports', `${SDK}/providers/openai/g.ts`, "export { a } from '../../wire/index.ts';"],
  ['a provider knowing another', 'no-restricted-imports', `${SDK}/providers/openai/g2.ts`, "export { a } from '../pinecone/match.ts';"],
  ['a provider with a dependency', 'no-restricted-imports', `${SDK}/providers/openai/g3.ts`, "export { a } from 'openai';"],
  ['capture knowing the queue', 'no-restricted-imports', `${SDK}/capture/h.ts`, "export { a } from '../queue/index.ts';"],
  ['the queue knowing the transport', 'no-restricted-imports', `${SDK}/queue/i.ts`, "export { a } from '../transport/index.ts';"],
  ['a package bound kept in a room', 'no-restricted-imports', `${SDK}/queue/i2.ts`, "export { a } from 'undici';"],
  ['a route reading the store', 'no-restricted-imports', `${COLLECTOR}/http/routes/j.ts`, "export type { A } from '../../store/index.ts';"],
  ['a route with SQL', 'no-restricted-imports', `${COLLECTOR}/http/k.ts`, "export { eq } from 'drizzle-orm';"],
  ['a service with hono', 'no-restricted-imports', `${COLLECTOR}/services/l.ts`, "export { Hono } from 'hono';"],
  ['a service answering HTTP', 'no-restricted-imports', `${COLLECTOR}/services/m.ts`, "export { a } from '../http/index.ts';"],
  ['a service calling the store', 'no-restricted-imports', `${COLLECTOR}/services/m2.ts`, "export { a } from '../store/index.ts';"],
  ['ingest with pg', 'no-restricted-imports', `${COLLECTOR}/ingest/n.ts`, "export { Pool } from 'pg';"],
  ['a question that answers HTTP', 'no-restricted-imports', `${COLLECTOR}/queries/o.ts`, "export { a } from '../http/index.ts';"],
  ['a chart that fetches', 'no-restricted-imports', `${DASHBOARD}/charts/p.tsx`, "export { a } from '../api/index.ts';"],
  ['an example behind the scenes', 'no-restricted-imports', 'examples/quickstart/src/q.ts', "export { a } from '@llmobserve/protocol';"],
  ['a default export', 'no-default-export', `${SDK}/r.ts`, 'export default 1;'],
  ['process.env in a room', 'no-process-env', `${COLLECTOR}/http/s.ts`, 'export const a = process.env;'],
  ['four parameters', 'max-params', `${SDK}/t.ts`, 'export function f(a: 1, b: 1, c: 1, d: 1) { return [a, b, c, d]; }'],
  ['a long function', 'max-lines-per-function', `${SDK}/u.ts`, `export function f() {\n${'  f();\n'.repeat(60)}}`],
  ['a long file', 'max-lines', `${SDK}/v.ts`, 'export {};\n'.repeat(301)],
  ['a long test', 'max-lines', 'packages/sdk/test/v.test.ts', 'export {};\n'.repeat(301)],
  ['any', 'no-explicit-any', `${SDK}/w.ts`, 'export const a: any = 1;'],
  ['a non-null assertion', 'no-non-null-assertion', `${SDK}/x.ts`, 'export const a = (b?: string) => b!.length;'],
  ['a promise nobody awaits', 'no-floating-promises', `${SDK}/y.ts`, 'export function f() { Promise.resolve(1); }'],
  ['any that comes from outside', 'no-unsafe-return', `${SDK}/z.ts`, 'export const a = (text: string): string => JSON.parse(text);'],
  ['a ring of imports', 'no-cycle', `${SDK}/ring-a.ts`, "import { b } from './ring-b.ts';\nexport const a = () => b;"],
  ['== instead of ===', 'eqeqeq', `${SDK}/eq.ts`, 'export const same = (a: string, b: string) => a == b;'],
];

const ALLOWED: readonly (readonly [path: string, text: string])[] = [
  [`${SDK}/ring-b.ts`, "import { a } from './ring-a.ts';\nexport const b = (): unknown => a;"],
  [`${SDK}/providers/openai/ok.ts`, "export type { A } from '../../wire/index.ts';"],
  [`${SDK}/providers/openai/ok2.ts`, "export type { A } from '../provider.ts';"],
  [`${SDK}/providers/registry.ts`, "export { a } from './openai/match.ts';"],
  [`${SDK}/transport/ok.ts`, "export { gzipSync } from 'node:zlib';"],
  [`${SDK}/config.ts`, 'export const cwd = () => process.env;'],
  [`${COLLECTOR}/queries/ok.ts`, "export { eq } from 'drizzle-orm';"],
  ['packages/sdk/vitest.config.ts', 'export default 1;'],
];

let folder = '';
let reported: ReadonlySet<string> = new Set();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lint-rules-'));
  write('oxlint.config.ts', `export { default } from ${JSON.stringify(join(ROOT, 'oxlint.config.ts'))};`);
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  write('tsconfig.json', '{ "compilerOptions": { "strict": true, "target": "es2022", "module": "nodenext" } }');
  for (const [, , path, text] of REFUSED) write(path, text);
  for (const [path, text] of ALLOWED) write(path, text);
  reported = lint();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(REFUSED)('%s is refused by %s', (_what, rule, path) => {
  expect([...reported].filter((line) => line.startsWith(path))).toContain(`${path} ${rule}`);
});

test.each(ALLOWED.slice(1))('%s may do what it does', (path) => {
  expect([...reported].filter((line) => line.startsWith(path))).toEqual([]);
});

test('no rule is set that this oxlint does not know', () => {
  expect(
    execFileSync(process.execPath, [join(ROOT, 'node_modules/oxlint/bin/oxlint'), '--print-config', '.'], { cwd: folder }),
  ).toBeTruthy();
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), `${text}\n`);
}

/** Every finding as `path rule`. */
function lint(): ReadonlySet<string> {
  const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint');
  const { stdout } = spawnSync(process.execPath, [oxlint, '--type-aware', '--format=json', '.'], { cwd: folder, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { filename: string; code: string }[] };
  return new Set(diagnostics.map(({ filename, code }) => `${filename} ${/\(([\w-]+)\)/.exec(code)?.[1]}`));
}
