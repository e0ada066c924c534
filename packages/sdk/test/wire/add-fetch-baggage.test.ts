import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import type { WireDeps } from '../../src/wire/exchange.ts';
import { installFetchTaps } from '../../src/wire/index.ts';

type Context = string | undefined;

async function listen(heard: (string | undefined)[]): Promise<string> {
  const server = createServer((request, response) => {
    heard.push(request.headers['baggage']?.toString());
    response.end(String(request.headers['x-own'] ?? ''));
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
}

function tapFetch(baggageFor: WireDeps<Context>['baggageFor']): string[] {
  const counted: string[] = [];
  const diagnostics = { warnOnce: () => undefined, count: (cause: string) => counted.push(cause) };
  const taps = installFetchTaps<Context>({ currentContext: () => 'acme', watch: () => undefined, baggageFor, diagnostics });
  onTestFinished(() => taps.stop());
  return counted;
}

async function ask(...values: Parameters<typeof fetch>): Promise<string> {
  return (await fetch(...values)).text();
}

test('each form of fetch tells a service that is named, beside what the app sends itself', async () => {
  const heard: (string | undefined)[] = [];
  const url = await listen(heard);
  tapFetch((_request, customer) => `llmobserve=${customer}`);
  const headers = { 'x-own': 'kept', baggage: 'own=1' };
  const answers = [
    await ask(url),
    await ask(new URL(url), { method: 'POST', body: 'x' }),
    await ask(url, { headers }),
    await ask(url, { headers: new Headers(headers) }),
    await ask(new Request(url, { headers })),
    await ask(new Request(url, { headers: { 'x-own': 'replaced' } }), { headers }),
  ];
  expect(answers).toEqual(['', '', 'kept', 'kept', 'kept', 'kept']);
  expect(heard).toEqual([...Array<string>(2).fill('llmobserve=acme'), ...Array<string>(4).fill('own=1,llmobserve=acme')]);
});

test('nobody else is told, and what cannot be read goes on as it is', async () => {
  const heard: (string | undefined)[] = [];
  const url = await listen(heard);
  const counted = tapFetch(({ path }) => {
    if (path === '/fails') throw new Error('a fault of ours');
    return undefined;
  });
  await ask(url, { headers: { baggage: 'own=1' } });
  await ask(`${url}fails`);
  await expect(ask('no url')).rejects.toThrow(TypeError);
  expect(heard).toEqual(['own=1', undefined]);
  expect(counted).toContain('fetch_baggage');
});
