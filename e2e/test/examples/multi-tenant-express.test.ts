import type { Collector } from '@llmobserve/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCosts } from '../../src/read-costs.ts';
import { runExample, type Example } from '../../src/run-example.ts';
import { startProviders, type Providers } from '../../src/start-providers.ts';
import { startBuiltCollector } from '../../src/start-built-collector.ts';

let collector: Collector;
let providers: Providers;
let app: Example;
let url: string;
beforeAll(async () => {
  [collector, providers] = await Promise.all([startBuiltCollector(), startProviders()]);
  app = runExample('multi-tenant-express/src/main.ts', { ...providers.env(collector, collector.key, []), PORT: '0' });
  url = (await app.waitForLine('Listening')).replace(/^.*(?=http:)/, '');
});
afterAll(async () => {
  app.child.kill('SIGTERM');
  await app.waitForEnd();
  await collector.stop();
  await providers.close();
});

const ask = (path: string, body: object, tenant = 'tenant-acme') =>
  fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': tenant }, body: JSON.stringify(body) });

/** The ledger of one customer by section; asked again until the SDK has delivered so many calls. */
async function sectionsOf(customer: string, calls: number): Promise<Readonly<Record<string, number>>> {
  let report = await readCosts(collector, collector.key, `groupBy=section&filter[customer]=${customer}`);
  await expect
    .poll(async () => (report = await readCosts(collector, collector.key, `groupBy=section&filter[customer]=${customer}`)).total.calls, {
      timeout: 20_000,
    })
    .toBe(calls);
  return Object.fromEntries(report.groups.map((group) => [String(group.key['section']), group.calls]));
}

describe('works', () => {
  test('a question is looked up and answered, and each step has its calls', async () => {
    const response = await ask('/ask', { question: 'When is my invoice due?' });
    expect(await response.json()).toEqual({ answer: expect.any(String), sources: 3 });
    expect(await sectionsOf('acme', 5)).toEqual({
      'support/step:look-up/onboarding': 2,
      'support/step:look-up': 2,
      'support/step:answer': 1,
    });
  });

  test('a namespace is filled once, however many ask at the same time', async () => {
    await Promise.all([1, 2, 3].map(() => ask('/ask', { question: 'How do I export?' }, 'tenant-hooli')));
    expect(await sectionsOf('hooli', 2 + 3 * 3)).toMatchObject({ 'support/step:look-up/onboarding': 2 });
  });

  test('agents and their tools have their own calls', async () => {
    const response = await ask('/research', { topic: 'deleted projects' }, 'tenant-umbra');
    expect(await response.json()).toEqual({ report: expect.any(String) });
    expect(await sectionsOf('umbra', 7)).toEqual({
      'agent:researcher': 2,
      'agent:researcher/tool:search': 2,
      'agent:researcher/tool:search/onboarding': 2,
      'agent:writer': 1,
    });
  });

  test('a streamed answer arrives word by word, with its cost', async () => {
    const response = await ask('/stream', { question: 'Who may invite people?' }, 'tenant-stark');
    expect((await response.text()).split(' ').length).toBeGreaterThan(5);
    expect(await sectionsOf('stark', 1)).toEqual({ chat: 1 });
  });

  test('a reader who leaves ends the call at the provider, and it still costs', async () => {
    providers.openai.bendNext({ hangAfterPieces: 4 });
    const leaving = new AbortController();
    const response = await fetch(`${url}/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': 'tenant-lumen' },
      body: JSON.stringify({ question: 'Who may invite people?' }),
      signal: leaving.signal,
    });
    await response.body?.getReader().read();
    leaving.abort();
    await providers.openai.waitFor((requests) => requests.some((request) => request.isAborted));
    expect(await sectionsOf('lumen', 1)).toEqual({ chat: 1 });
    const report = await readCosts(collector, collector.key, 'filter[customer]=lumen');
    expect(report.proof.estimated).toBe(1);
    expect(Number(report.total.costUsd)).toBeGreaterThan(0);
  });

  test('a summary thinks first, and enterprise customers have priority', async () => {
    const response = await ask('/summaries', { text: 'A long story.' }, 'tenant-globex');
    expect(await response.json()).toEqual({ summary: expect.any(String) });
    await sectionsOf('globex', 1);
    const body: unknown = JSON.parse(
      providers.openai.requests.findLast((request) => request.path === '/v1/responses')?.body.toString() ?? '{}',
    );
    expect(body).toMatchObject({ service_tier: 'priority' });
  });
});

describe('refuses', () => {
  test('whoever is no tenant', async () => {
    expect((await ask('/ask', { question: 'Hello?' }, 'nobody')).status).toBe(401);
  });

  test('a body without its text', async () => {
    const response = await ask('/ask', { question: ' ' });
    expect([response.status, await response.json()]).toEqual([400, { error: 'send JSON with "question", a text' }]);
  });

  test('with a sentence when the provider fails', async () => {
    providers.openai.bendNext({ status: 400 });
    const response = await ask('/summaries', { text: 'A story.' }, 'tenant-kestrel');
    expect([response.status, await response.json()]).toEqual([502, { error: 'The model did not answer. Try again.' }]);
  });
});

describe('protects', () => {
  test('what is captured when it is told to stop', async () => {
    const other = runExample('multi-tenant-express/src/main.ts', { ...providers.env(collector, collector.key, []), PORT: '0' });
    const otherUrl = (await other.waitForLine('Listening')).replace(/^.*(?=http:)/, '');
    const headers = { 'content-type': 'application/json', 'x-api-key': 'tenant-wayfarer' };
    await fetch(`${otherUrl}/summaries`, { method: 'POST', headers, body: JSON.stringify({ text: 'Bye.' }) });
    other.child.kill('SIGTERM');
    expect(await other.waitForEnd()).toBe(0);
    const report = await readCosts(collector, collector.key, 'filter[customer]=wayfarer');
    expect(report.total.calls).toBe(1);
  });

  test('its port: a taken one is one sentence that says what to do', async () => {
    const other = runExample('multi-tenant-express/src/main.ts', {
      ...providers.env(collector, collector.key, []),
      PORT: new URL(url).port,
    });
    expect(await other.waitForEnd()).toBe(1);
    expect(other.said()).toContain('Set PORT to a free one.');
  });
});
