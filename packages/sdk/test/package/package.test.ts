import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startScriptedCollector, type ScriptedCollector } from '../support/scripted-collector.ts';
import { startChatProvider } from '../support/start-chat-provider.ts';
import { KEY } from '../support/start-test-engine.ts';
import { buildPackage, type BuiltPackage } from './build-package.ts';

const run = promisify(execFile);

const CALL = `
async function call() {
  const body = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hello' }] });
  const headers = { 'content-type': 'application/json' };
  await (await fetch(process.env.PROVIDER_URL + '/v1/chat/completions', { method: 'POST', headers, body })).json();
}
`;
const ES_APP = `import { init, withCustomer } from 'llmobserve';${CALL} init(); await withCustomer('acme', call);`;
const COMMON_APP = `const { init, withCustomer } = require('llmobserve');${CALL} init(); withCustomer('acme', call);`;
const TWO_COPIES = `
import { createRequire } from 'node:module';
import { init, stats, withCustomer } from 'llmobserve';
const other = createRequire(import.meta.url)('llmobserve');
${CALL}
await other.withCustomer('before init', () => init());
other.init({ environment: 'test' });
await other.withCustomer('acme', () => withCustomer('beta', call));
await withCustomer('acme', () => other.section('inner', call));
// Two calls and a section.
if (other.init === init || other.stats().captured !== 3 || stats().captured !== 3) process.exitCode = 5;
`;

const REQUESTS = `
import { Agent, createServer, get } from 'node:http';
import { init, setCustomer, withCustomer } from 'llmobserve';
${CALL}
init();
const server = createServer(async (request, response) => {
  if (request.url !== '/nobody') setCustomer(request.url);
  await call();
  response.end();
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const ask = (path) =>
  new Promise((resolve) => get({ port: server.address().port, path, agent }, (response) => response.resume().on('end', resolve)));
for (const path of ['/a', '/b', '/nobody', '/c', '/nobody']) await ask(path);
agent.destroy();
server.close();
`;

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

let built: BuiltPackage;
beforeAll(async () => {
  built = await buildPackage();
});
afterAll(() => built.remove());

async function start(): Promise<{
  collector: ScriptedCollector;
  runScript(...args: string[]): Promise<{ stdout: string; stderr: string }>;
}> {
  const collector = await startScriptedCollector();
  onTestFinished(() => collector.close());
  const env = {
    PATH: process.env['PATH'],
    PROVIDER_URL: await startChatProvider(),
    LLMOBSERVE_COLLECTOR_URL: collector.url,
    LLMOBSERVE_API_KEY: KEY,
  };
  return { collector, runScript: (...args) => run(process.execPath, args, { env, cwd: built.folder }) };
}

function customersOf(collector: ScriptedCollector): readonly (string | undefined)[] {
  return collector.batches.flatMap(({ body }) => body.events.map((event) => event.customer));
}

test.each([
  ['an ES module', 'forgot.mjs', "import { init } from 'llmobserve'; init();"],
  ['CommonJS', 'forgot.cjs', "require('llmobserve').init();"],
])('%s without a key is told so in a sentence, not by a page of code', async (_name, file, text) => {
  const env = { PATH: process.env['PATH'] };
  const failed: unknown = await run(process.execPath, [await built.write(file, text)], { env }).catch((error: unknown) => error);
  expect(failed).toMatchObject({ stderr: expect.stringContaining('TypeError: llmobserve: pass { apiKey } to init()') });
  expect(String(failed).length).toBeLessThan(4_000);
});

describe('the built package captures', () => {
  test.each([
    ['an ES module', 'app.mjs', ES_APP],
    ['CommonJS', 'app.cjs', COMMON_APP],
  ])('in %s', async (_name, file, text) => {
    const { collector, runScript } = await start();
    expect((await runScript(await built.write(file, text))).stderr).toBe('');
    expect(customersOf(collector)).toEqual(['acme']);
  });

  test.each(['esm', 'cjs'] as const)('in one bundled file (%s)', async (format) => {
    const { collector, runScript } = await start();
    const name = `bundled-${format}.${format === 'esm' ? 'mjs' : 'cjs'}`;
    await built.write(name, format === 'esm' ? ES_APP : COMMON_APP);
    expect((await runScript(await built.bundle(name, format))).stderr).toBe('');
    expect(customersOf(collector)).toEqual(['acme']);
  });

  test('once where both copies are loaded, each of which knows the other’s scopes', async () => {
    const { collector, runScript } = await start();
    await runScript(await built.write('both.mjs', TWO_COPIES));
    expect(customersOf(collector).toSorted()).toEqual(['acme', 'acme', 'beta']);
    const seen = collector.batches.flatMap(({ body }) => body.events.map(({ kind, section, environment }) => [kind, section, environment]));
    expect(seen).toEqual(
      expect.arrayContaining([
        ['llm', undefined, 'test'],
        ['llm', 'inner', 'test'],
        ['section', 'inner', 'test'],
      ]),
    );
  });

  test.each(['--async-context-frame', '--no-async-context-frame'])(
    'each request of a kept connection for its own customer, with %s as before and since Node 24',
    async (flag) => {
      const { collector, runScript } = await start();
      await runScript(flag, await built.write('requests.mjs', REQUESTS));
      expect(customersOf(collector)).toEqual(['/a', '/b', undefined, '/c', undefined]);
    },
  );

  test.each([
    ['--import', 'plain.mjs', `${CALL} await call();`],
    ['--require', 'plain.cjs', `${CALL} call();`],
  ])('without a line of code by %s llmobserve/register', async (flag, file, text) => {
    const { collector, runScript } = await start();
    expect((await runScript(flag, 'llmobserve/register', await built.write(file, text))).stderr).toBe('');
    expect(customersOf(collector)).toEqual([undefined]);
  });
});

describe('the built package', () => {
  test('lets an app without a key run as it would, and says what is missing', async () => {
    const script = await built.write('nothing.mjs', `console.log('ran')`);
    const { stdout, stderr } = await run(process.execPath, ['--import', 'llmobserve/register', script], { env: {}, cwd: built.folder });
    expect(stdout).toBe('ran\n');
    expect(stderr).toMatch(/^llmobserve: pass \{ apiKey \} to init\(\) or set LLMOBSERVE_API_KEY .*\n$/);
  });

  test('throws from init only for a missing key', async () => {
    const script = await built.write(
      'misuse.mjs',
      `import { init, flush, stats, shutdown, withCustomer } from 'llmobserve';
      const { captured } = stats();
      await flush(); await shutdown();
      init({ enabled: false });
      init({ apiKey: 'k', collectorUrl: 'nonsense', flushIntervalMs: NaN, maxQueueBytes: -1, enabled: true });
      try { init({ apiKey: '' }); } catch (error) { console.log(captured, error.name, withCustomer('acme', () => 7)); }`,
    );
    const { stdout, stderr } = await run(process.execPath, [script], { env: {}, cwd: built.folder });
    expect(stdout).toBe('0 TypeError 7\n');
    expect(stderr).toContain('collectorUrl "nonsense" is no http(s) URL: nothing is captured');
  });

  test('brings a doctor that runs where nothing else is installed', async () => {
    const { stdout } = await run(
      process.execPath,
      [join(built.folder, 'node_modules', 'llmobserve', 'dist', 'cli.js'), 'doctor', '--offline'],
      {
        env: { PATH: process.env['PATH'] },
        cwd: built.folder,
      },
    );
    expect(stdout).toMatch(/^ok {4}capture fetch +one call, one event: 11 input, 3 output$/m);
  });

  test('loads nothing of the OpenTelemetry bridge unless it is imported', async () => {
    const dist = join(built.folder, 'node_modules', 'llmobserve', 'dist');
    const read = (file: string): Promise<string> => readFile(join(dist, file), 'utf8');
    const loaded = new Set(['index.js', 'index.cjs', 'register.js', 'testing.js']);
    for (const file of loaded) {
      const text = await read(file);
      expect(text).not.toContain('gen_ai.');
      for (const [, next = ''] of text.matchAll(/(?:from|require\()\s*["']\.\/([^"']+)["']/g)) loaded.add(next);
    }
    expect(loaded.size).toBeGreaterThan(4);
    expect(await read('otel.js')).toContain('gen_ai.');
  });

  test('names no optional package whole, for a bundler to look for it in vain', async () => {
    const files = await readdir(join(built.folder, 'node_modules/llmobserve/dist'), { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'utf8')),
    );
    expect(texts.filter((text) => text.includes('gpt-tokenizer'))).not.toEqual([]);
    expect(texts.filter((text) => text.includes('gpt-tokenizer/'))).toEqual([]);
  });

  test('needs no other package and names no machine', async () => {
    const dist = join(built.folder, 'node_modules', 'llmobserve', 'dist');
    const files = (await readdir(dist, { recursive: true })).filter((name) => /\.(?:js|cjs)$/.test(name));
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) {
      const text = await readFile(join(dist, file), 'utf8');
      const imported = [...text.matchAll(/(?:from|require\(|import\()\s*["']([^"']+)["']/g)].map((match) => match[1] ?? '');
      expect(imported.filter((name) => !/^(?:node:|\.\.?\/)/.test(name))).toEqual([]);
      expect(text).not.toContain(process.cwd());
      expect(text).not.toContain('devDependencies');
    }
  });
});
