// Proves the packed SDK on the Node that runs this file: node scripts/smoke-sdk.mjs llmobserve-1.0.0.tgz
// Plain JavaScript without imports of our own, because it has to run on every Node the SDK supports.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

const CLIENT = 'openai@7.55.0';
const KEY = 'llmo_sk_0123456789abcdefghijklmnopqrstuv40nqT8';
const ANSWER = {
  id: 'chatcmpl-smoke',
  object: 'chat.completion',
  created: 1_790_000_000,
  model: 'gpt-4o-2024-08-06',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1200, completion_tokens: 340, total_tokens: 1540, prompt_tokens_details: { cached_tokens: 1024 } },
};
const USAGE = { input: 176, cachedInput: 1024, output: 340 };
const CALL = "await client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }] });";

const APPS = {
  'esm.mjs': `
    import OpenAI from 'openai';
    import { flush, init, withCustomer } from 'llmobserve';
    const client = new OpenAI();
    init();
    await withCustomer('esm', async () => { ${CALL} });
    if (!(await flush())) throw new Error('not delivered');`,
  'cjs.cjs': `
    const { OpenAI } = require('openai');
    const { init, withCustomer } = require('llmobserve');
    init();
    const client = new OpenAI();
    withCustomer('cjs', async () => { ${CALL} });`,
  'registered.mjs': `
    import OpenAI from 'openai';
    import { withCustomer } from 'llmobserve';
    const client = new OpenAI();
    await withCustomer('registered', async () => { ${CALL} });`,
  // Before Node 24 the requests of one connection share their async context.
  'requests.mjs': `
    import { Agent, createServer, get } from 'node:http';
    import OpenAI from 'openai';
    import { init, setCustomer } from 'llmobserve';
    init();
    const client = new OpenAI();
    const server = createServer(async ({ url }, response) => {
      if (url !== '/') setCustomer(url.slice(1));
      ${CALL}
      response.end();
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = (path) => new Promise((resolve) => get({ port: server.address().port, path, agent }, (answer) => answer.resume().on('end', resolve)));
    for (const path of ['/first', '/second', '/']) await ask(path);
    agent.destroy();
    server.close();`,
};

const events = [];
const provider = await listen(() => ANSWER);
const collector = await listen(keep);
const folder = mkdtempSync(join(tmpdir(), 'llmobserve-smoke-'));

try {
  const tarball = resolve(process.argv[2] ?? '');
  writeFileSync(join(folder, 'package.json'), '{ "name": "smoke", "private": true }');
  for (const [name, code] of Object.entries(APPS)) writeFileSync(join(folder, name), code);
  execFileSync('npm', ['install', '--no-audit', '--no-fund', tarball, CLIENT], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  await runApp(['esm.mjs']);
  await runApp(['cjs.cjs']);
  await runApp(['--import', 'llmobserve/register', 'registered.mjs']);
  await runApp(['requests.mjs']);
  checkEvents();
  console.log(`Node ${process.versions.node}: 4 apps, 6 calls, each captured once with its tokens and its customer`);
} finally {
  provider.close();
  collector.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Two servers, because the SDK does not look at what goes to its own collector. */
async function listen(answer) {
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer(request, Buffer.concat(chunks))));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}

function keep(request, bytes) {
  const batch = JSON.parse(request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes);
  events.push(...batch.events);
  return { accepted: batch.events.length, duplicates: 0, rejected: [] };
}

async function runApp(args) {
  const env = {
    ...process.env,
    OPENAI_API_KEY: 'sk-smoke',
    OPENAI_BASE_URL: `${provider.url}/v1`,
    LLMOBSERVE_API_KEY: KEY,
    LLMOBSERVE_COLLECTOR_URL: collector.url,
  };
  const [code] = await once(spawn(process.execPath, args, { cwd: folder, env, stdio: 'inherit' }), 'exit');
  if (code !== 0) throw new Error(`${args.join(' ')} ended with exit code ${code}`);
}

function checkEvents() {
  const customers = ['cjs', 'esm', 'first', 'registered', 'second', undefined];
  const expected = customers.map((customer) => line({ customer, model: ANSWER.model, usage: USAGE })).toSorted(byText);
  const seen = events.map(line).toSorted(byText);
  if (seen.join('\n') !== expected.join('\n')) throw new Error(`expected\n${expected.join('\n')}\nbut saw\n${seen.join('\n')}`);
}

function line({ customer, model, usage = {}, status = 'ok' }) {
  const { input, cachedInput, output, ...others } = usage;
  return JSON.stringify([customer, model, status, { input, cachedInput, output, ...others }]);
}

function byText(a, b) {
  return a < b ? -1 : 1;
}
