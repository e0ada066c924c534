import { Agent, get, request as httpRequest, type RequestOptions } from 'node:http';
import express from 'express';
import { OpenAI } from 'openai';
import { fetch as undiciFetch, Pool, request as undiciRequest } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { agent, run, tool, withCustomer } from '../../src/attribution/index.ts';
import { findInBaggage } from '../../src/carry/index.ts';
import { readContext } from '../../src/carry/read-context.ts';
import { llmobserve } from '../../src/middleware/express.ts';
import { track } from '../../src/track/index.ts';
import { recordEvents } from '../attribution/support/record-events.ts';
import { listen } from '../support/listen.ts';

type Service = { readonly url: string; readonly port: number; readonly heard: (string | undefined)[] };

/** A service that writes down each `baggage` it is sent, and answers as OpenAI would. */
async function startService(): Promise<Service> {
  const heard: (string | undefined)[] = [];
  const url = await listen((request, response) => {
    heard.push(request.headers['baggage'] === undefined ? undefined : String(request.headers['baggage']));
    if (request.url === '/away') return response.writeHead(302, { location: String(request.headers['x-to']) }).end();
    response.writeHead(200, { 'content-type': 'application/json' });
    return setTimeout(
      () => response.end('{"id":"chatcmpl-1","object":"chat.completion","model":"m","choices":[],"usage":{"prompt_tokens":1}}'),
      5,
    );
  });
  return { url, port: Number(new URL(url).port), heard };
}

function customerIn(baggage: string | undefined): string | undefined {
  return readContext(findInBaggage(baggage ?? ''))?.customer?.id;
}

function readAll(open: typeof get, options: RequestOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const made = open(options, (response) => response.resume().on('end', () => resolve()));
    made.on('error', reject);
    // Ending a request twice does nothing.
    made.end();
  });
}

describe('works', () => {
  test('a service that is named is told the customer, by each way to ask it', async () => {
    const service = await startService();
    recordEvents({ propagateTo: ['127.0.0.1'] });
    const { port } = service;
    const ways: readonly [string, () => Promise<unknown>][] = [
      ['fetch', () => fetch(service.url).then((response) => response.text())],
      ['undici-fetch', () => undiciFetch(service.url).then((response) => response.text())],
      ['undici-request', () => undiciRequest(service.url).then(({ body }) => body.text())],
      ['http-request', () => readAll(httpRequest, { port, host: '127.0.0.1' })],
      ['http-get', () => readAll(get, { port, host: '127.0.0.1' })],
      ['http-own-agent', () => readAll(get, { port, host: '127.0.0.1', agent: new Agent() })],
    ];
    for (const [way, ask] of ways) await withCustomer(way, ask);
    expect(service.heard.map(customerIn)).toEqual(ways.map(([way]) => way));
  });

  test('what the app sends along itself stays in front', async () => {
    const service = await startService();
    recordEvents({ propagateTo: [`127.0.0.1:${service.port}`] });
    await withCustomer('acme', async () => {
      await fetch(service.url, { headers: { baggage: 'own=1' } }).then((response) => response.text());
      await readAll(get, { port: service.port, host: '127.0.0.1', headers: { baggage: 'own=1' } });
    });
    for (const header of service.heard) {
      expect(header).toMatch(/^own=1, ?llmobserve=/);
      expect(customerIn(header)).toBe('acme');
    }
  });

  test('calls that wait for one connection each tell their own customer', async () => {
    const service = await startService();
    recordEvents({ propagateTo: ['127.0.0.1'] });
    const pool = new Pool(service.url, { connections: 1 });
    onTestFinished(() => pool.destroy());
    const ids = Array.from({ length: 20 }, (_, index) => `c${index}`);
    await Promise.all(ids.map((id) => withCustomer(id, () => pool.request({ path: '/', method: 'GET' }).then(({ body }) => body.text()))));
    expect(service.heard.map(customerIn)).toEqual(ids);
  });
});

describe('from end to end', () => {
  test('a service that trusts the sender goes on for its customer, in its run and section', async () => {
    const events = recordEvents({ propagateTo: ['127.0.0.1'] });
    const app = express();
    app.use(llmobserve({ trustBaggage: true }));
    app.get('/', (_request, response) => {
      tool('search', () => track({ provider: 'x', usage: { requests: 1 } }));
      response.send('done');
    });
    const url = await listen(app);
    await withCustomer('acme', () => run('nightly', () => agent('asker', () => fetch(url).then((response) => response.text()))));
    const seen = await events();
    const asker = seen.find((event) => event.operation === 'agent');
    expect(seen.find((event) => event.operation === 'tool')).toMatchObject({
      customer: 'acme',
      run: 'nightly',
      parentSpanId: asker?.spanId,
    });
    expect(seen.find((event) => event.kind === 'custom')).toMatchObject({ section: 'agent:asker/tool:search', traceId: asker?.traceId });
  });
});

describe('protects', () => {
  test('nobody else is told, and without a host named nobody is', async () => {
    const service = await startService();
    const ask = (): Promise<unknown> =>
      withCustomer('acme', () =>
        Promise.all([fetch(service.url).then((response) => response.text()), readAll(get, { port: service.port, host: '127.0.0.1' })]),
      );
    recordEvents({ propagateTo: ['api.internal', '*.internal'] });
    await ask();
    recordEvents({ propagateTo: [] });
    await ask();
    expect(service.heard).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('a provider is never told, even if it is named', async () => {
    const service = await startService();
    recordEvents({ propagateTo: ['127.0.0.1', 'localhost'], providers: { localhost: 'openai' } });
    const openai = new OpenAI({ apiKey: 'sk-test', baseURL: `http://localhost:${service.port}/v1`, maxRetries: 0 });
    await withCustomer('acme', async () => {
      await openai.chat.completions.create({ model: 'm', messages: [] });
      await openai.models.list().catch(() => undefined);
    });
    expect(service.heard).toEqual([undefined, undefined]);
  });

  test('a redirect to somewhere else takes nothing along', async () => {
    const [named, stranger] = [await startService(), await startService()];
    recordEvents({ propagateTo: [`127.0.0.1:${named.port}`] });
    await withCustomer('acme', () => fetch(`${named.url}/away`, { headers: { 'x-to': stranger.url } }).then((response) => response.text()));
    expect(named.heard.map(customerIn)).toEqual(['acme']);
    expect(stranger.heard).toEqual([undefined]);
  });

  test('headers that are on their way already are left alone', async () => {
    const service = await startService();
    recordEvents({ propagateTo: ['127.0.0.1'] });
    await withCustomer('acme', () =>
      readAll(httpRequest, { port: service.port, host: '127.0.0.1', headers: ['x-own', '1', 'host', '127.0.0.1'] }),
    );
    expect(service.heard).toEqual([undefined]);
  });
});
