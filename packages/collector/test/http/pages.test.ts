import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { newFolder } from '../new-data-dir.ts';
import { useApp } from './start-app.ts';

const home = newFolder();
const dashboardDir = join(home, 'dashboard');
const app = useApp({ dashboardDir });

beforeAll(() => {
  mkdirSync(join(dashboardDir, 'assets'), { recursive: true });
  writeFileSync(join(dashboardDir, 'index.html'), '<!doctype html><title>LLMObserve</title>');
  writeFileSync(join(dashboardDir, 'assets', 'index-abc123.js'), 'export {};');
  writeFileSync(join(dashboardDir, 'favicon.svg'), '<svg/>');
  writeFileSync(join(dashboardDir, 'notes.exe'), 'no');
  writeFileSync(join(home, 'secret.json'), '{"secret":true}');
});

/** Sends a path as it is: `fetch` would resolve its dots before anybody sees them. */
function rawStatus(path: string): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  request(app().url, { path }, (response) => resolve(response.resume().statusCode))
    .on('error', reject)
    .end();
  return promise;
}

describe('the dashboard’s files', () => {
  test('hashed ones may be kept for ever, the page never', async () => {
    const script = await fetch(`${app().url}/assets/index-abc123.js`);
    expect([script.status, script.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect(script.headers.get('content-type')).toMatch(/^text\/javascript/);
    const page = await fetch(`${app().url}/`);
    expect([page.headers.get('cache-control'), page.headers.get('content-type')]).toEqual(['no-cache', 'text/html; charset=utf-8']);
    expect((await fetch(`${app().url}/favicon.svg`)).headers.get('cache-control')).toBe('no-cache');
  });

  test.each(['/', '/customers', '/customers/acme%2Fb', '/customers/lumen.io', '/sign-in', '/live?range=7d'])(
    '%s is the page',
    async (path) => {
      const response = await fetch(app().url + path);
      expect([response.status, await response.text()]).toEqual([200, '<!doctype html><title>LLMObserve</title>']);
    },
  );

  test.each([
    '/assets/missing.js',
    `/assets/${'a'.repeat(300)}.js`,
    '/notes.exe',
    '/v1',
    '/v1/',
    '/v1/unknown',
    '/auth/unknown',
    '/%E0%A4%A',
    '/a%00b',
  ])('%s is not found', async (path) => {
    expect(await rawStatus(path)).toBe(404);
  });

  test.each([
    '/../secret.json',
    '/assets/../../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/..%2f..%2fsecret.json',
    '//secret.json',
  ])('%s does not leave the folder', async (path) => {
    expect(await rawStatus(path)).toBe(404);
  });

  test('a change of a page is no route', async () => {
    expect((await fetch(`${app().url}/customers`, { method: 'POST' })).status).toBe(404);
  });
});
