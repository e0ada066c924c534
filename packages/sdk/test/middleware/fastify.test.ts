import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { describe, expect, onTestFinished, test } from 'vitest';
import { llmobserve, type FastifyOptions } from '../../src/middleware/fastify.ts';
import { ACCOUNTS, ask, baggageOf, findCustomer, whoAmI } from './support/ask.ts';

type Setup = { readonly trustBaggage?: boolean; readonly hook?: FastifyOptions<FastifyRequest>['hook'] };

async function listen(setup: Setup, change: (app: FastifyInstance) => unknown = () => undefined): Promise<string> {
  const app = Fastify();
  onTestFinished(() => app.close());
  await change(app);
  await app.register(
    llmobserve({ customer: (request: FastifyRequest) => findCustomer(String(request.headers['x-account'] ?? '')), ...setup }),
  );
  app.post('/', whoAmI);
  app.post('/fails', () => Promise.reject(new Error('the app’s own')));
  await app.register(async (inner) => inner.post('/inner', whoAmI));
  return app.listen({ port: 0, host: '127.0.0.1' });
}

describe('works', () => {
  test.each(ACCOUNTS)('a request of account %o is for %s', async (account, customer) => {
    expect(await ask(await listen({}), { 'x-account': account })).toBe(customer);
  });

  test('it holds in routes of other plugins, and in every hook that may be asked for', async () => {
    expect(await ask(`${await listen({})}/inner`, { 'x-account': 'acme' })).toBe('acme');
    for (const hook of ['onRequest', 'preParsing', 'preValidation', 'preHandler'] as const)
      for (const account of ['acme', 'late-acme']) expect(await ask(await listen({ hook }), { 'x-account': account })).toBe(account);
  });

  test('who was signed in by an earlier hook is known', async () => {
    const url = await listen({}, (app) =>
      app.addHook('onRequest', async (request) => {
        request.headers['x-account'] = 'signed-in';
      }),
    );
    expect(await ask(url)).toBe('signed-in');
  });

  test('many requests at once each keep their own', async () => {
    const url = await listen({});
    const accounts = Array.from({ length: 100 }, (_, index) => `${index % 2 === 0 ? 'late' : 'now'}-${index}`);
    expect(await Promise.all(accounts.map((account) => ask(url, { 'x-account': account })))).toEqual(accounts);
  });
});

describe('protects', () => {
  test('what a handler throws is the app’s', async () => {
    expect(await ask(`${await listen({})}/fails`, { 'x-account': 'late-acme' })).toContain('the app’s own');
  });

  test('baggage counts only where it is trusted', async () => {
    const baggage = baggageOf('carried');
    expect(await ask(await listen({}), { baggage })).toBe('nobody');
    expect(await ask(await listen({ trustBaggage: true }), { baggage })).toBe('carried');
  });
});
