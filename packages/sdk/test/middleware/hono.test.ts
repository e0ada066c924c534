import { getRequestListener } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { describe, expect, test } from 'vitest';
import { llmobserve } from '../../src/middleware/hono.ts';
import { listen } from '../support/listen.ts';
import { ACCOUNTS, ask, baggageOf, findCustomer, whoAmI } from './support/ask.ts';

type Env = { Variables: { account: string } };

function serve(trustBaggage?: boolean): Promise<string> {
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    c.set('account', c.req.header('x-account') ?? '');
    await next();
  });
  app.use(llmobserve({ customer: (c: Context<Env>) => findCustomer(c.get('account')), trustBaggage }));
  app.post('/', async (c) => c.text(await whoAmI()));
  app.post('/fails', () => {
    throw new Error('the app’s own');
  });
  const inner = new Hono<Env>();
  inner.use(llmobserve({ customer: (c: Context<Env>) => c.req.header('x-inner') }));
  inner.post('/', async (c) => c.text(await whoAmI()));
  app.route('/inner', inner);
  app.onError((error, c) => c.text(error.message, 500));
  const listener = getRequestListener(app.fetch);
  return listen((request, response) => void listener(request, response));
}

describe('works', () => {
  test.each(ACCOUNTS)('a request of account %o is for %s', async (account, customer) => {
    expect(await ask(await serve(), { 'x-account': account })).toBe(customer);
  });

  test('many requests at once each keep their own', async () => {
    const url = await serve();
    const accounts = Array.from({ length: 100 }, (_, index) => `${index % 2 === 0 ? 'late' : 'now'}-${index}`);
    expect(await Promise.all(accounts.map((account) => ask(url, { 'x-account': account })))).toEqual(accounts);
  });
});

describe('protects', () => {
  test('an app inside of an app may say more, and else says nothing', async () => {
    const url = await serve();
    expect(await ask(`${url}/inner`, { 'x-account': 'late-acme' })).toBe('late-acme');
    expect(await ask(`${url}/inner`, { 'x-account': 'late-acme', 'x-inner': 'nearer' })).toBe('nearer');
  });

  test('what a handler throws is the app’s', async () => {
    expect(await ask(`${await serve()}/fails`, { 'x-account': 'late-acme' })).toBe('the app’s own');
  });

  test('baggage counts only where it is trusted', async () => {
    const baggage = baggageOf('carried');
    expect(await ask(await serve(), { baggage })).toBe('nobody');
    expect(await ask(await serve(true), { baggage })).toBe('carried');
  });
});
