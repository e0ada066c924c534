import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomKey, type Collector } from '@llmobserve/testkit';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { createProject, type Project, type Run } from '../src/create-project.ts';
import { LEDGER, reckonByCustomer, reckonTotal, type LedgerCall } from '../src/ledger.ts';
import { readCosts } from '../src/read-costs.ts';
import { startProviders, type Providers } from '../src/start-providers.ts';
import { startBuiltCollector } from '../src/start-built-collector.ts';

const keys = Array.from({ length: 9 }, randomKey);
let collector: Collector;
let providers: Providers;
let key: string;
let used = 0;
beforeAll(async () => {
  collector = await startBuiltCollector({ keys });
});
afterAll(() => collector.stop());
beforeEach(async () => {
  // Each test has a workspace of its own.
  key = keys[used] ?? '';
  used += 1;
  providers = await startProviders();
});
afterEach(() => providers.close());

const tarball = inject('tarball');

describe('with openai 7, all calls over one connection', () => {
  let modules: Project;
  let commonjs: Project;
  beforeAll(() => {
    modules = createProject({ tarball, type: 'module' });
    commonjs = createProject({ tarball, type: 'commonjs' });
  });

  test.each([
    ['an empty ESM project', (env: Env) => modules.run('esm.mjs', env)],
    ['an empty CommonJS project', (env: Env) => commonjs.run('cjs.cjs', env)],
    ['a project that calls init after its clients were made', (env: Env) => modules.run('late.mjs', env)],
    ['a bundle of one file', (env: Env) => runBundle(modules, env)],
  ])('%s pays to the last digit what the ledger says', async (_name, run) => {
    await expectLedger(LEDGER, run);
    expect(connectionsOf(providers)).toEqual({ openai: 1, pinecone: 1 });
  });
});

describe('with openai 4, which goes through node:http', () => {
  // It is from before the responses API had its present form.
  const calls = LEDGER.filter((call) => call.make !== 'respond');
  let modules: Project;
  let commonjs: Project;
  beforeAll(() => {
    modules = createProject({ tarball, type: 'module', openai: 'openai-4' });
    commonjs = createProject({ tarball, type: 'commonjs', openai: 'openai-4' });
  });

  test.each([
    ['an empty ESM project', (env: Env) => modules.run('esm.mjs', env)],
    ['an empty CommonJS project', (env: Env) => commonjs.run('cjs.cjs', env)],
    ['a project that calls init after its clients were made', (env: Env) => modules.run('late.mjs', env)],
    // Outside of node_modules, Node tells of what openai 4 does that is deprecated.
    ['a bundle of one file', (env: Env) => runBundle(modules, { ...env, NODE_OPTIONS: '--no-deprecation' })],
  ])('%s pays to the last digit what the ledger says', async (_name, run) => {
    await expectLedger(calls, run);
  });

  test('so does one whose calls all go over one connection', async () => {
    // node-fetch 2 takes the next request on a kept socket for a premature close of a stream, with or without the SDK.
    const whole = calls.filter((call) => call.make !== 'stream');
    await expectLedger(whole, (env) => modules.run('esm.mjs', { ...env, ONE_SOCKET: '1' }));
    expect(connectionsOf(providers)).toEqual({ openai: 1, pinecone: 1 });
  });
});

type Env = Readonly<Record<string, string>>;

/** Runs a program and holds what the collector then says against what was reckoned by hand. */
async function expectLedger(calls: readonly LedgerCall[], run: (env: Env) => Promise<Run>): Promise<void> {
  const done = await run(providers.env(collector, key, calls));
  expect(done).toMatchObject({ code: 0, stderr: '' });
  expect(resultsOf(done)).toHaveLength(calls.length);
  const report = await readCosts(collector, key, 'groupBy=customer');
  const read = report.groups.map((group) => ({ customer: group.key['customer'], costUsd: group.costUsd, calls: group.calls }));
  expect(read).toEqual(reckonByCustomer(calls));
  expect(report.total).toMatchObject({ costUsd: reckonTotal(calls), calls: calls.length });
  expect(report.proof).toEqual({ received: calls.length, unpriced: 0, estimated: 3, unattributed: 0, lost: 0 });
}

/** Everything in one file, as serverless platforms want it. */
async function runBundle(project: Project, env: Env): Promise<Run> {
  const outfile = join(project.folder, 'bundle.mjs');
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
  await build({
    entryPoints: [join(project.folder, 'late.mjs')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    banner,
    logLevel: 'error',
  });
  writeFileSync(join(project.folder, 'package.json'), '{"type":"module"}');
  return project.run('bundle.mjs', env);
}

function resultsOf(run: Run): readonly unknown[] {
  return (JSON.parse(run.stdout) as { readonly results: readonly unknown[] }).results;
}

function connectionsOf(fakes: Providers): object {
  const count = (requests: Providers['openai']['requests']): number => new Set(requests.map((request) => request.connection)).size;
  return { openai: count(fakes.openai.requests), pinecone: count(fakes.pinecone.requests) };
}
