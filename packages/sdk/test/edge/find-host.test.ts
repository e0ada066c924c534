import { expect, onTestFinished, test } from 'vitest';
import { findHost } from '../../src/edge/find-host.ts';

const CONTEXT = Symbol.for('@vercel/request-context');

/** Lets a test play a runtime by what it has of its own. */
function play(name: PropertyKey, value: unknown): void {
  const before = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  onTestFinished(() => {
    if (before) Object.defineProperty(globalThis, name, before);
    else Reflect.deleteProperty(globalThis, name);
  });
}

test('Bun has a process with an end, files, and nothing to keep alive', () => {
  play('process', { ...process, versions: { bun: '1.4.5' }, env: { LLMOBSERVE_API_KEY: 'key' } });
  const host = findHost();
  expect(host).toMatchObject({ name: 'bun/1.4.5', isFree: true, env: { LLMOBSERVE_API_KEY: 'key' } });
  expect(host.process).toBe(globalThis.process);
  expect(host.keepAlive()()).toBeUndefined();
});

test.each<[readonly string[], object]>([
  [[], { isFree: false, env: {} }],
  [['env:LLMOBSERVE_API_KEY'], { isFree: false, env: { LLMOBSERVE_API_KEY: 'key' } }],
  [
    ['env:LLMOBSERVE_API_KEY', 'env:LLMOBSERVE_COLLECTOR_URL', 'read', 'write', 'sys'],
    { isFree: true, env: { LLMOBSERVE_API_KEY: 'key', LLMOBSERVE_COLLECTOR_URL: 'url' } },
  ],
])('Deno is asked for nothing that it was not granted (%j)', (granted, expected) => {
  const asked: string[] = [];
  const env = new Proxy(
    { LLMOBSERVE_API_KEY: 'key', LLMOBSERVE_COLLECTOR_URL: 'url', SECRET: 'no' },
    {
      get(target, name) {
        asked.push(`env:${String(name)}`);
        return Reflect.get(target, name) as unknown;
      },
    },
  );
  play('process', { ...process, versions: { deno: '2.9.5' }, env });
  const stateOf = (name: string): string => (granted.includes(name) ? 'granted' : 'prompt');
  const querySync = ({ name, variable }: { name: string; variable?: string }): object => ({
    state: stateOf(variable === undefined ? name : `${name}:${variable}`),
  });
  play('Deno', { permissions: { querySync } });
  expect(findHost()).toMatchObject({ name: 'deno/2.9.5', ...expected });
  expect(asked.filter((name) => !granted.includes(name))).toEqual([]);
});

test('Workers have no end of a process, and a module that keeps a request alive', async () => {
  const waited: Promise<unknown>[] = [];
  const getBuiltinModule = (name: string): object | undefined =>
    name === 'cloudflare:workers' ? { waitUntil: (work: Promise<unknown>) => void waited.push(work) } : undefined;
  play('process', { env: {}, getBuiltinModule });
  play('navigator', { userAgent: 'Cloudflare-Workers' });
  const host = findHost();
  expect(host).toMatchObject({ name: 'cloudflare-workers', process: undefined, isFree: false });
  const release = host.keepAlive();
  expect(waited).toHaveLength(1);
  release();
  await expect(waited[0]).resolves.toBeUndefined();
});

test('edge functions of Vercel keep the request alive that is running', async () => {
  const waited: Promise<unknown>[] = [];
  play('process', undefined);
  play('navigator', undefined);
  const host = findHost();
  host.keepAlive()();
  play(CONTEXT, { get: () => ({ waitUntil: (work: Promise<unknown>) => void waited.push(work) }) });
  host.keepAlive()();
  expect(host).toMatchObject({ name: 'edge', env: {}, isFree: false });
  await expect(Promise.all(waited)).resolves.toEqual([undefined]);
});

test('a runtime that refuses to be asked outside of a request is asked in vain', () => {
  play(CONTEXT, {
    get() {
      throw new Error('no request');
    },
  });
  play('process', { env: {} });
  expect(findHost().keepAlive()()).toBeUndefined();
});
