import { expect, onTestFinished, test } from 'vitest';
import type { WireDeps } from '../../src/wire/exchange.ts';
import { installFetchTaps } from '../../src/wire/index.ts';
import { listen } from '../support/listen.ts';

type Context = string | undefined;

async function hear(heard: (string | undefined)[]): Promise<string> {
  const url = await listen((request, response) => {
    heard.push(request.headers['baggage']?.toString());
    response.end(String(request.headers['x-own'] ?? ''));
  });
  return `${url}/`;
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
  const url = await hear(heard);
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
  const url = await hear(heard);
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
