import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { startScriptedCollector } from '../support/scripted-collector.ts';
import { startChatProvider } from '../support/start-chat-provider.ts';
import { KEY } from '../support/start-test-engine.ts';
import { buildPackage, type BuiltPackage } from './build-package.ts';

const run = promisify(execFile);

/** Calls as customer of what it is, and has a thread and a process of its own do the same; none of them calls `init`. */
const FAMILY = `
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { isMainThread, Worker } from 'node:worker_threads';
import { withCustomer } from 'llmobserve';

const name = !isMainThread ? 'thread' : process.send ? 'child' : 'parent';
const body = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hello' }] });
const url = process.env.PROVIDER_URL + '/v1/chat/completions';
await withCustomer(name, async () => (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).json());
if (name === 'parent') {
  await once(new Worker(new URL(import.meta.url)), 'exit');
  await once(fork(fileURLToPath(import.meta.url)), 'exit');
}
if (name === 'child') process.disconnect();
`;

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

let built: BuiltPackage;
beforeAll(async () => {
  built = await buildPackage();
});
afterAll(() => built.remove());

test.each([
  ['a flag, which threads and forked processes inherit', ['--import', 'llmobserve/register'], {}],
  ['NODE_OPTIONS', [], { NODE_OPTIONS: '--import llmobserve/register' }],
  ['NODE_OPTIONS for CommonJS', [], { NODE_OPTIONS: '--require llmobserve/register' }],
])('threads and forked processes are captured by themselves, started with %s', async (_name, flags, environment) => {
  const collector = await startScriptedCollector();
  onTestFinished(() => collector.close());
  const script = await built.write('family.mjs', FAMILY);
  const env = {
    PATH: process.env['PATH'],
    PROVIDER_URL: await startChatProvider(),
    LLMOBSERVE_COLLECTOR_URL: collector.url,
    LLMOBSERVE_API_KEY: KEY,
    ...environment,
  };
  const { stderr } = await run(process.execPath, [...flags, script], { env, cwd: built.folder });
  expect(stderr).toBe('');
  const customers = collector.batches.flatMap(({ body }) => body.events.map(({ customer }) => customer));
  expect(customers.toSorted()).toEqual(['child', 'parent', 'thread']);
});
