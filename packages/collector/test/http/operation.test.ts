import { makeEvent } from '@llmobserve/testkit';
import { expect, test } from 'vitest';
import { newWorkspace } from './new-workspace.ts';
import { startApp, useApp } from './start-app.ts';

const app = useApp();

test('a living collector that can store says so, to anybody', async () => {
  expect(await (await fetch(`${app().url}/health`)).json()).toEqual({ status: 'ok', version: '0.0.0-test' });
  expect(await (await fetch(`${app().url}/ready`)).json()).toEqual({ status: 'ready' });
});

test('without a built dashboard the page says how to build it', async () => {
  const response = await fetch(`${app().url}/`);
  expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('npm run build')]);
});

test('metrics count requests by route and events by outcome, never by a caller’s words', async () => {
  const workspace = await newWorkspace(app());
  await workspace.send(makeEvent({ customer: 'secret-name' }), makeEvent({ usage: { input: -1 } }));
  await workspace.fetch('/v1/customers/secret-name');
  const metrics = await (await fetch(`${app().url}/metrics`)).text();
  expect(metrics).toContain('llmobserve_events_total{outcome="accepted"} 1');
  expect(metrics).toContain('llmobserve_events_total{outcome="invalid_number"} 1');
  expect(metrics).toContain('llmobserve_http_request_duration_seconds_count{method="GET",route="/v1/customers/:id",status="200"} 1');
  expect(metrics).not.toContain('secret-name');
});

test('with a token metrics are for its bearer alone', async () => {
  const config = { host: '127.0.0.1', publicUrl: undefined, metricsToken: 'm3trics' };
  const guarded = await startApp({ database: app().database, config });
  const ask = async (authorization?: string) =>
    (await fetch(`${guarded.url}/metrics`, { headers: authorization === undefined ? {} : { authorization } })).status;
  expect([await ask(), await ask('Bearer wrong'), await ask('Bearer m3trics')]).toEqual([401, 401, 200]);
  await guarded.close();
});

test('the API is described on a page that needs no script', async () => {
  const response = await fetch(`${app().url}/docs`);
  const page = await response.text();
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
  expect(page).toContain('<code>POST /v1/events</code>');
  expect(page).toContain('For a key with the scope read, or a session.');
  expect(page).not.toMatch(/<script|<style| style=/);
});

test('a live view that is closed is forgotten', async () => {
  const workspace = await newWorkspace(app());
  const clients = async (): Promise<string | undefined> =>
    /llmobserve_live_clients (\d+)/.exec(await (await fetch(`${app().url}/metrics`)).text())?.[1];
  expect((await workspace.fetch('/v1/live', { method: 'HEAD' })).status).toBe(200);
  expect(await clients()).toBe('0');
  const controller = new AbortController();
  await workspace.fetch('/v1/live', { signal: controller.signal });
  expect(await clients()).toBe('1');
  controller.abort();
  await expect.poll(clients).toBe('0');
});
