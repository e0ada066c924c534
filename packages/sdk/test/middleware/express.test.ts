import type { RequestListener } from 'node:http';
import express, { type Request } from 'express';
// @ts-expect-error -- it brings no types, and those of version 5 are the same for what is used here
import express4 from 'express-4';
import { describe, expect, test } from 'vitest';
import { llmobserve } from '../../src/middleware/express.ts';
import { listen } from '../support/listen.ts';
import { ACCOUNTS, ask, baggageOf, findCustomer, whoAmI } from './support/ask.ts';

type Setup = { readonly trustBaggage?: boolean; readonly isAfterBody?: boolean };

function makeApp(make: typeof express, { trustBaggage, isAfterBody = true }: Setup): RequestListener {
  const app = make();
  if (isAfterBody) app.use(make.json());
  app.use(llmobserve({ customer: (request: Request) => findCustomer(request.get('x-account')), trustBaggage }));
  if (!isAfterBody) app.use(make.json());
  app.post('/fails', () => {
    throw new Error('the app’s own');
  });
  app.post('/', (_request, response, next) => {
    whoAmI().then((who) => response.send(who), next);
  });
  app.use(
    (error: Error, _request: unknown, response: express.Response, _next: () => void) => void response.status(500).send(error.message),
  );
  return app;
}

describe.each([
  ['express 5', express],
  // Safe because what is used here is the same in both.
  ['express 4', express4 as typeof express],
] as const)('%s', (_name, make) => {
  test.each(ACCOUNTS)('a request of account %o is for %s', async (account, customer) => {
    expect(await ask(await listen(makeApp(make, {})), { 'x-account': account })).toBe(customer);
  });

  test('the customer holds through a body parser that comes later', async () => {
    const url = await listen(makeApp(make, { isAfterBody: false }));
    expect(await ask(url, { 'x-account': 'acme' })).toBe('acme');
    expect(await ask(url, { 'x-account': 'late-acme' })).toBe('late-acme');
  });

  test('many requests at once each keep their own', async () => {
    const url = await listen(makeApp(make, {}));
    const accounts = Array.from({ length: 100 }, (_, index) => `${index % 2 === 0 ? 'late' : 'now'}-${index}`);
    expect(await Promise.all(accounts.map((account) => ask(url, { 'x-account': account })))).toEqual(accounts);
  });

  test('what a handler throws is the app’s', async () => {
    const url = await listen(makeApp(make, {}));
    for (const account of ['acme', 'late-acme', 'rejects'])
      expect(await ask(`${url}/fails`, { 'x-account': account })).toBe('the app’s own');
  });

  test('baggage counts only where it is trusted, and what the request says itself wins', async () => {
    const [closed, open] = [await listen(makeApp(make, {})), await listen(makeApp(make, { trustBaggage: true }))];
    const baggage = baggageOf('carried');
    expect(await ask(closed, { baggage })).toBe('nobody');
    expect(await ask(open, { baggage })).toBe('carried');
    expect(await ask(open, { baggage, 'x-account': 'acme' })).toBe('acme');
    expect(await ask(open, { baggage, 'x-account': 'throws' })).toBe('carried');
    expect(await ask(open, { baggage: 'llmobserve=%7Bbroken' })).toBe('nobody');
  });
});
