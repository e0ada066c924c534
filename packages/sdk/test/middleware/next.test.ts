import { describe, expect, test } from 'vitest';
import { liveEngine } from '../../src/init.ts';
import { withLlmobserve } from '../../src/middleware/next.ts';
import { currentScope, pause, recordEvents } from '../attribution/support/record-events.ts';
import { ACCOUNTS, baggageOf, findCustomer, whoAmI } from './support/ask.ts';

function request(headers: Readonly<Record<string, string>>): Request {
  return new Request('http://app.example/api/ask', { method: 'POST', headers, body: '{}' });
}

type Params = { readonly params: Promise<{ readonly team: string }> };

describe('works', () => {
  const POST = withLlmobserve(async (asked: Request) => new Response(`${await whoAmI()} ${await asked.text()}`), {
    customer: (asked) => findCustomer(asked.headers.get('x-account')),
  });

  test.each(ACCOUNTS)('a request of account %o is for %s', async (account, customer) => {
    expect(await (await POST(request({ 'x-account': account }))).text()).toBe(`${customer} {}`);
  });

  test('a route handler finds its customer in its parameters', async () => {
    const handler = withLlmobserve(
      (_request: Request, { params }: Params) => params.then(({ team }) => new Response(`${team} ${currentScope()?.customer?.id}`)),
      {
        customer: async (_request, { params }) => (await params).team,
      },
    );
    expect(await (await handler(request({}), { params: Promise.resolve({ team: 'acme' }) })).text()).toBe('acme acme');
  });

  test('a server action finds it in what it is called with', async () => {
    const action = withLlmobserve(async (question: string) => `${question} ${await whoAmI()}`, {
      customer: () => pause(1).then(() => 'acme'),
    });
    expect(await action('why?')).toBe('why? acme');
  });

  test('a handler without a promise gives one', async () => {
    const handler = withLlmobserve(() => 7, {});
    expect(await handler()).toBe(7);
  });
});

describe('protects', () => {
  test('what a handler throws, redirects included, is Next’s', async () => {
    const redirect = Object.assign(new Error('NEXT_REDIRECT'), { digest: 'NEXT_REDIRECT;push;/login;307;' });
    const sync = withLlmobserve(
      () => {
        throw redirect;
      },
      { customer: () => 'acme' },
    );
    const late = withLlmobserve(() => Promise.reject(redirect), { customer: () => Promise.resolve('acme') });
    await expect(sync()).rejects.toBe(redirect);
    await expect(late()).rejects.toBe(redirect);
  });

  test('a customer that never comes holds no request up for good', async () => {
    recordEvents();
    const waits: number[] = [];
    // Time runs out at once.
    Reflect.set(liveEngine(), 'timers', {
      setTimer: (late: () => void, delayMs: number) => (waits.push(delayMs), late(), { cancel: () => undefined }),
    });
    const handler = withLlmobserve(whoAmI, { customer: () => new Promise<string>(() => undefined) });
    expect(await handler()).toBe('nobody');
    expect(waits).toEqual([5000]);
  });

  test('baggage counts only where it is trusted', async () => {
    const asked = (): Request => request({ baggage: baggageOf('carried') });
    const handler = async (_request: Request): Promise<string> => whoAmI();
    expect(await withLlmobserve(handler, {})(asked())).toBe('nobody');
    expect(await withLlmobserve(handler, { trustBaggage: true })(asked())).toBe('carried');
  });
});
