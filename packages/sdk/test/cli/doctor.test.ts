import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Report } from '../../src/cli/report.ts';
import { listen } from '../support/listen.ts';
import { KEY } from '../support/start-test-engine.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const HERE = createRequire(import.meta.url);
const PING = { workspace: { id: 'w1', name: 'Acme' }, environment: 'production', scopes: ['ingest', 'read'] };

vi.setConfig({ testTimeout: 30_000 });

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

type Run = { readonly words: readonly string[]; readonly env?: Readonly<Record<string, string>>; readonly folder?: string };

function llmobserve({ words, env = {}, folder = tmpdir() }: Run): Promise<Ended> {
  const options = { cwd: folder, env: { PATH: process.env['PATH'], ...env } };
  return new Promise((resolve) => {
    execFile(process.execPath, ['--conditions=llmobserve-source', CLI, ...words], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

async function examine(run: Omit<Run, 'words'> & { readonly words?: readonly string[] }): Promise<Report & { readonly code: number }> {
  const { code, stdout } = await llmobserve({ ...run, words: ['doctor', '--json', ...(run.words ?? [])] });
  return { ...(JSON.parse(stdout) as Report), code };
}

/** A collector that knows one key. */
const collector: RequestListener = (request, response) => {
  const isKnown = request.headers.authorization === `Bearer ${KEY}`;
  const isPing = request.method === 'GET' && request.url === '/base/v1/ping';
  response.writeHead(isPing ? (isKnown ? 200 : 401) : 404, { 'content-type': 'application/json' }).end(JSON.stringify(isKnown ? PING : {}));
};

describe('where everything is right', () => {
  test('doctor proves key, clock, connection and each installed client, and ends with 0', async () => {
    const env = { LLMOBSERVE_API_KEY: KEY, LLMOBSERVE_COLLECTOR_URL: `${await listen(collector)}/base/` };
    const { code, isOk, checks } = await examine({ env, folder: await projectWith('openai', '@pinecone-database/pinecone') });
    expect({ code, isOk }).toEqual({ code: 0, isOk: true });
    expect(checks.filter(({ status }) => status !== 'ok')).toEqual([]);
    const names = checks.map(({ name }) => name.replace(/ \d.*/, ''));
    expect(names.join(', ')).toBe(
      'node, key, connection, access, clock, capture fetch, capture openai, capture @pinecone-database/pinecone',
    );
    expect(checks.find(({ name }) => name === 'access')?.message).toBe('workspace "Acme", environment production, scopes ingest read');
    expect(JSON.stringify(checks)).not.toContain(KEY.slice(8));
  });

  test('it says so in plain words', async () => {
    const env = { LLMOBSERVE_API_KEY: KEY };
    const { code, stdout } = await llmobserve({ words: ['doctor', `--collector=${await listen(collector)}/base`], env });
    expect(code).toBe(0);
    expect(stdout).toContain('Everything that was checked works.');
    expect(stdout).toMatch(/^ok {4}capture fetch +one call, one event: 11 input, 3 output$/m);
    expect(stdout).toMatch(/^skip {2}capture clients/m);
  });
});

describe('where something is wrong', () => {
  test('a key that is unknown there makes the exit code 1', async () => {
    const env = { LLMOBSERVE_API_KEY: 'llmo_sk_0123456789abcdefghijklmnopqrstuv40nqT9' };
    const { code, checks } = await examine({ env, words: ['--collector', `${await listen(collector)}/base`] });
    expect(code).toBe(1);
    expect(checks).toMatchObject([
      { name: 'node' },
      { name: 'key', status: 'fail', message: expect.stringContaining('checksum') },
      { name: 'connection', status: 'ok' },
      { name: 'access', status: 'fail', message: 'the collector does not know this key' },
      { name: 'clock', status: 'ok' },
      { name: 'capture fetch', status: 'ok' },
      { name: 'capture clients', status: 'skip' },
    ]);
  });

  test('a client that cannot be loaded is told, and the others are checked all the same', async () => {
    const folder = await projectWith();
    await writePackage(folder, 'openai', 'throw new Error("no such thing");');
    await writePackage(folder, 'groq-sdk', 'export default class { chat = { completions: { create: async () => ({}) } } }');
    const { code, checks } = await examine({ folder, words: ['--offline'] });
    expect(code).toBe(1);
    expect(checks.slice(3)).toMatchObject([
      { name: 'capture fetch', status: 'ok' },
      { name: 'capture openai 0.0.1', status: 'warn', message: 'the client could not make its call: no such thing' },
      { name: 'capture groq-sdk 0.0.1', status: 'fail', message: 'its call was not captured' },
    ]);
  });
});

describe('words that cannot be meant', () => {
  test('are explained, and end with 1', async () => {
    const { code, stdout, stderr } = await llmobserve({ words: ['docter'] });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^llmobserve: there is no command "docter"[^]*Usage: llmobserve doctor/);
  });

  test('help and version are given', async () => {
    expect(await llmobserve({ words: ['--help'] })).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage: llmobserve doctor') });
    expect(await llmobserve({ words: ['doctor', '--version'] })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/),
    });
  });
});

/** A project that has these of our clients installed. */
async function projectWith(...clients: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'llmobserve-doctor-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const name of clients) {
    const home =
      HERE.resolve
        .paths(name)
        ?.map((each) => join(each, name))
        .find((each) => existsSync(each)) ?? name;
    const link = join(folder, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(home, link);
  }
  return folder;
}

async function writePackage(folder: string, name: string, code: string): Promise<void> {
  const home = join(folder, 'node_modules', name);
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'package.json'), JSON.stringify({ name, version: '0.0.1', type: 'module', main: 'index.js' }));
  await writeFile(join(home, 'index.js'), code);
}
