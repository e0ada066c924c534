import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { startScriptedCollector } from '../support/scripted-collector.ts';
import { startChatProvider } from '../support/start-chat-provider.ts';
import { KEY } from '../support/start-test-engine.ts';
import { buildPackage, type BuiltPackage } from './build-package.ts';

const run = promisify(execFile);
const APP = `
import { init, withCustomer } from 'llmobserve';
init();
const body = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hello' }] });
const headers = { 'content-type': 'application/json' };
withCustomer('acme', async () => (await fetch(process.env.PROVIDER_URL + '/v1/chat/completions', { method: 'POST', headers, body })).json());
`;

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let built: BuiltPackage;
beforeAll(async () => {
  built = await buildPackage();
});
afterAll(() => built.remove());

test.each(['es', 'cjs'] as const)('an app in one file of Rolldown’s, as Vite makes it (%s), is captured', async (format) => {
  const collector = await startScriptedCollector();
  onTestFinished(() => collector.close());
  const entry = await built.write(`app-${format}.mjs`, APP);
  const name = format === 'es' ? 'app.mjs' : 'app.cjs';
  await build({
    root: built.folder,
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: { ssr: entry, outDir: `rolled-${format}`, rollupOptions: { output: { format, entryFileNames: name } } },
  });
  const env = {
    PATH: process.env['PATH'],
    PROVIDER_URL: await startChatProvider(),
    LLMOBSERVE_COLLECTOR_URL: collector.url,
    LLMOBSERVE_API_KEY: KEY,
  };
  const { stderr } = await run(process.execPath, [join(built.folder, `rolled-${format}`, name)], { env });
  expect(stderr).toBe('');
  expect(collector.batches.flatMap(({ body }) => body.events.map(({ customer }) => customer))).toEqual(['acme']);
});
