import { makeEvent, startPostgres } from '@llmobserve/testkit';
import { describe, expect, test } from 'vitest';
import { problemOf } from '../../src/http/problem-of.ts';
import { StoreUnavailableError, OverloadedError } from '../../src/failures.ts';
import { openDatabase } from '../../src/store/index.ts';
import { QUIET } from '../on-both-engines.ts';
import { newWorkspace, type Workspace } from './new-workspace.ts';
import { startApp, useApp } from './start-app.ts';

const app = useApp();

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': expect.stringMatching(/script-src 'self';.*style-src 'self';.*frame-ancestors 'none'/),
};

describe('every answer', () => {
  test.each(['/health', '/v1/nothing', '/v1/costs', '/assets/nothing.js', '/', '/sign-in/link?token=x', '/%E0%A4%A'])(
    '%s is protected',
    async (path) => {
      const response = await fetch(app().url + path, { redirect: 'manual' });
      expect(Object.fromEntries(response.headers)).toMatchObject(HEADERS);
      expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(response.headers.has('access-control-allow-origin')).toBe(false);
      expect(response.headers.has('strict-transport-security')).toBe(false);
    },
  );

  test('scripts and eval of others are shut out', async () => {
    const policy = (await fetch(`${app().url}/`)).headers.get('content-security-policy') ?? '';
    const scripts = policy.split('; ').find((line) => line.startsWith('script-src'));
    expect(scripts).toBe("script-src 'self'");
    expect(policy).toContain("style-src-attr 'unsafe-inline'");
  });

  test('on https browsers are told to stay there', async () => {
    const secure = await startApp({
      database: app().database,
      config: { host: '127.0.0.1', publicUrl: 'https://costs.example.com', metricsToken: undefined },
    });
    const response = await fetch(`${secure.url}/health`);
    expect(response.headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
    await secure.close();
  });
});

describe('a problem', () => {
  test('has every member of the contract, and the request id of its header', async () => {
    const response = await fetch(`${app().url}/v1/costs`);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      type: 'urn:llmobserve:problem:invalid_key',
      title: 'Key not valid',
      status: 401,
      code: 'invalid_key',
      detail: expect.any(String),
      requestId: response.headers.get('x-request-id'),
    });
  });

  test('that nobody meant shows nothing of the inside, and is logged with its request id', async () => {
    const broken = await startApp({
      database: app().database,
      acceptBatch: () => Promise.reject(new Error('SELECT secret FROM users at /home/me/main.ts')),
    });
    const workspace = await newWorkspace(broken);
    const response = await workspace.send(makeEvent());
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toMatch(/SELECT|users|\/home|main\.ts|stack/);
    expect(broken.logged).toEqual([expect.objectContaining({ requestId: response.headers.get('x-request-id') })]);
    await broken.close();
  });

  test.each([
    [new OverloadedError('queue'), 503, 'overloaded'],
    [new StoreUnavailableError('db', { isTransient: false }), 503, 'store_unavailable'],
    [new Error('query', { cause: Object.assign(new Error('canceling statement'), { code: '57014' }) }), 503, 'overloaded'],
    [new Error('query', { cause: Object.assign(new Error('syntax error'), { code: '42601' }) }), 500, 'internal'],
    ['a thrown text', 500, 'internal'],
  ])('%s becomes %i %s', (error, status, code) => {
    expect(problemOf(error)).toMatchObject({ status, code });
  });
});

describe('when the store is gone', () => {
  test('everything that needs it says 503 with Retry-After, never 500', async () => {
    const postgres = await startPostgres();
    const database = await openDatabase(QUIET, { engine: 'postgres', url: postgres.url });
    const lonely = await startApp({ database });
    const workspace = await newWorkspace(lonely);
    await postgres.kill9();
    for (const ask of asks(workspace)) {
      // One after the other, so that a failure names the request.
      const response = await ask();
      expect([response.url, response.status]).toEqual([response.url, 503]);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect((await fetch(`${lonely.url}/health`)).status).toBe(200);
    await lonely.close();
    await database.close();
    await postgres.stop();
  }, 60_000);
});

function asks(workspace: Workspace): readonly (() => Promise<Response>)[] {
  const form = { method: 'POST', headers: { 'content-type': 'application/json' } };
  return [
    () => workspace.send(makeEvent()),
    () => workspace.fetch('/v1/costs'),
    () => workspace.fetch('/v1/ping'),
    () => workspace.fetch('/v1/setup'),
    () => workspace.fetch('/ready'),
    () => workspace.fetch('/sign-in/link?token=abc'),
    () => workspace.fetch('/auth/sign-in/email', { ...form, body: JSON.stringify({ email: 'ann@example.com', password: 'x' }) }),
  ];
}
