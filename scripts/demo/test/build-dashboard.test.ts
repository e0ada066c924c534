import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildDashboard, isStale } from '../build-dashboard.ts';

test.each([
  ['never built', undefined, 5, true],
  ['built before a source was changed', 4, 5, true],
  ['built after every source', 6, 5, false],
  ['built with nothing to build from', 6, undefined, false],
])('%s', (_name, builtMs, sourceMs, expected) => {
  expect(isStale(builtMs, sourceMs)).toBe(expected);
});

let root: string;
/** A repository with a builder that only notes that it was called: which bundler it is does not matter here. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'llmobserve-root-'));
  const dashboard = join(root, 'packages/dashboard');
  const vite = join(dashboard, 'node_modules/vite/bin');
  mkdirSync(vite, { recursive: true });
  mkdirSync(join(dashboard, 'src'));
  writeFileSync(join(dashboard, 'package.json'), '{}');
  writeFileSync(join(dashboard, 'src/main.tsx'), '');
  writeFileSync(join(vite, '../package.json'), '{"type":"module"}');
  writeFileSync(
    join(vite, 'vite.js'),
    `import fs from 'node:fs';
     if (fs.readFileSync('src/main.tsx', 'utf8') === 'broken') { console.error('main.tsx is broken'); process.exit(1); }
     if (fs.readFileSync('src/main.tsx', 'utf8') === 'endless') { console.log(fs.writeFileSync('begun', '')); setInterval(() => {}, 1000); }
     else { fs.mkdirSync('dist', { recursive: true }); fs.appendFileSync('dist/index.html', 'built '); }`,
  );
});
afterEach(() => rmSync(root, { recursive: true }));

const built = () => readFileSync(join(root, 'packages/dashboard/dist/index.html'), 'utf8');
const build = (signal = new AbortController().signal) => buildDashboard({ root, say: (line) => said.push(line), signal });
let said: string[] = [];
beforeEach(() => {
  said = [];
});

test('pages are built once, and again after a source has changed', async () => {
  await build();
  await build();
  expect([built(), said]).toEqual(['built ', ['Building the dashboard …']]);
  const later = Date.now() / 1000 + 60;
  utimesSync(join(root, 'packages/dashboard/src/main.tsx'), later, later);
  await build();
  expect(built()).toBe('built built ');
});

test('a build that fails says why', async () => {
  writeFileSync(join(root, 'packages/dashboard/src/main.tsx'), 'broken');
  await expect(build()).rejects.toThrow('main.tsx is broken');
});

test('a build ends with the demo', async () => {
  writeFileSync(join(root, 'packages/dashboard/src/main.tsx'), 'endless');
  const controller = new AbortController();
  const building = build(controller.signal);
  const refused = expect(building).rejects.toThrow('could not be built');
  await expect.poll(() => existsSync(join(root, 'packages/dashboard/begun'))).toBe(true);
  controller.abort();
  await refused;
});
