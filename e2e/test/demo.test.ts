import { once } from 'node:events';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reapFolder, startFakeOpenAi, type FakeProvider } from '@llmobserve/testkit';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readCosts } from '../src/read-costs.ts';
import { isRunning, runDemo, type Demo } from '../src/run-demo.ts';
import { startBuiltCollector } from '../src/start-built-collector.ts';

/** One for all: a demo is to keep its data, and each of these has ended before the next begins. */
let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'llmobserve-demo-'));
  reapFolder(dataDir);
});

const start = (env: Readonly<Record<string, string>> = {}, args: readonly string[] = []) =>
  runDemo({ PORT: '0', LLMOBSERVE_DATA_DIR: dataDir, ...env }, args);
const keyOf = () => readFileSync(join(dataDir, 'demo-key'), 'utf8').trim();

/** All parts have ended, however long the operating system takes to say so. */
async function expectAllEnded(demo: Demo, children: readonly number[]): Promise<void> {
  await expect.poll(() => [demo.pid, ...children].filter(isRunning)).toEqual([]);
}

describe('works', () => {
  test('it shows a dozen customers, ends with all its parts, and keeps the data for the next start', async () => {
    const first = start();
    const url = new URL(await first.waitForLink());
    expect(url.pathname).toBe('/sign-in/link');
    expect(first.said().match(/^Dashboard: /gm)).toHaveLength(1);
    expect(statSync(join(dataDir, 'demo-key')).mode & 0o777).toBe(0o600);
    const before = await readCosts({ url: url.origin }, keyOf(), 'groupBy=customer');
    expect(before.groups).toHaveLength(12);
    expect(before.proof).toMatchObject({ unpriced: 0, unattributed: 0, lost: 0 });
    const children = first.listChildren();
    expect(children.length).toBeGreaterThanOrEqual(2);
    first.end('SIGTERM');
    expect(await first.waitForEnd()).toBe(0);
    await expectAllEnded(first, children);

    const second = start();
    const again = new URL(await second.waitForLink());
    const after = await readCosts({ url: again.origin }, keyOf(), 'groupBy=customer');
    expect(after.total.calls).toBeGreaterThan(before.total.calls + 72);
    second.end('SIGINT');
    expect(await second.waitForEnd()).toBe(0);
  });

  test('its link signs in once', async () => {
    const demo = start();
    const link = await demo.waitForLink();
    const follow = () => fetch(link, { redirect: 'manual' });
    const first = await follow();
    expect([first.status, new URL(first.headers.get('location') ?? '', link).pathname]).toEqual([expect.toSatisfy(isRedirect), '/']);
    const cookie = first.headers
      .getSetCookie()
      .map((text) => text.split(';')[0])
      .join('; ');
    expect((await fetch(new URL('/v1/session', link), { headers: { cookie } })).status).toBe(200);
    expect((await follow()).headers.getSetCookie()).toEqual([]);
    demo.end('SIGTERM');
    await demo.waitForEnd();
  });
});

describe('with --live', () => {
  let provider: FakeProvider;
  const live = () => start({ OPENAI_API_KEY: 'sk-live', OPENAI_BASE_URL: `${provider.url}/v1` }, ['--live']);
  afterEach(() => provider.close());

  test('the key and the address of the person are used, for a few questions', async () => {
    provider = await startFakeOpenAi();
    const demo = live();
    await demo.waitForLink();
    expect(demo.said()).toContain('Twelve customers ask 12 questions');
    expect(provider.requests[0]?.headers.authorization).toBe('Bearer sk-live');
    demo.end('SIGTERM');
    expect(await demo.waitForEnd()).toBe(0);
  });

  test('a key that is refused is one sentence that says what to do', async () => {
    provider = await startFakeOpenAi({ quirk: { status: 401 } });
    await expectRefusal(live(), /check OPENAI_API_KEY/);
  });
});

describe('protects', () => {
  test('a demo that is killed takes its parts along', async () => {
    const demo = start();
    await demo.waitForLink();
    const children = demo.listChildren();
    demo.end('SIGKILL');
    await expectAllEnded(demo, children);
  });

  test('a demo that is stopped while it starts ends with what it had started', async () => {
    const demo = start();
    await expect.poll(() => demo.listChildren().length, { timeout: 30_000 }).toBeGreaterThan(0);
    const children = demo.listChildren();
    demo.end('SIGINT');
    expect(await demo.waitForEnd()).toBe(0);
    await expectAllEnded(demo, children);
  });
});

describe('refuses, with one sentence that says what to do', () => {
  test('a taken port', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const demo = start({ PORT: String((other.address() as AddressInfo).port) });
    await expectRefusal(demo, /PORT/);
    other.close();
  });

  test('a data directory that another collector uses', async () => {
    const other = await startBuiltCollector({ dataDir });
    await expectRefusal(start(), /in use by another collector/);
    await other.stop();
  });

  test('a database that does not answer', async () => {
    await expectRefusal(start({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' }), /DATABASE_URL|database/);
  });

  test.each([
    ['an unknown option', {}, ['--fast'], /knows no "--fast"/],
    ['--live without a key', {}, ['--live'], /OPENAI_API_KEY/],
    ['a malformed key', { LLMOBSERVE_BOOTSTRAP_KEY: 'llmo_sk_x' }, [], /LLMOBSERVE_BOOTSTRAP_KEY/],
    ['a port that is none', { PORT: 'http' }, [], /PORT is "http"/],
  ])('%s', async (_name, env, args, words) => {
    await expectRefusal(start(env, args), words);
  });
});

async function expectRefusal(demo: Demo, words: RegExp): Promise<void> {
  expect(await demo.waitForEnd()).toBe(1);
  const lines = demo
    .said()
    .trim()
    .split('\n')
    .filter((line) => !line.endsWith('…'));
  expect(lines).toEqual([expect.stringMatching(words)]);
}

function isRedirect(status: unknown): boolean {
  return typeof status === 'number' && status >= 300 && status < 400;
}
