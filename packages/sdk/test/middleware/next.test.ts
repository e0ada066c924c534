import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { exportContext } from '../../src/carry/index.ts';
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
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const done: string[] = [];
    const handler = withLlmobserve(async () => exportContext(), { customer: () => new Promise<string>(() => undefined) });
    const answered = handler().then((context) => done.push(context));
    await vi.advanceTimersByTimeAsync(4999);
    expect(done).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await answered;
    expect(done).toEqual(['']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([
    ['an error that is no text', () => Promise.reject(Object.create(null) as unknown)],
    [
      'a promise that cannot be asked',
      () => ({
        // oxlint-disable-next-line unicorn/no-thenable -- what an app may give by mistake
        get then(): never {
          throw new Error('not loaded');
        },
      }),
    ],
    [
      'an object that was revoked',
      () => {
        const { proxy, revoke } = Proxy.revocable({ id: 'x' }, {});
        revoke();
        return proxy;
      },
    ],
  ])('%s leaves the request without a customer', async (_what, customer) => {
    recordEvents();
    const handler = withLlmobserve(whoAmI, { customer });
    expect(await handler()).toBe('nobody');
  });

  test('a stream that a handler answers with goes out untouched, and what it makes itself is for the customer', async () => {
    async function* words(): AsyncGenerator<string> {
      yield `${await whoAmI()} `;
      yield whoAmI();
    }
    const POST = withLlmobserve(
      () => {
        const { readable, writable } = new TransformStream<string, string>();
        const writer = writable.getWriter();
        void (async () => {
          for await (const word of words()) await writer.write(word);
          await writer.close();
        })();
        return new Response(readable.pipeThrough(new TextEncoderStream()));
      },
      { customer: () => pause(1).then(() => 'acme') },
    );
    expect(await (await POST()).text()).toBe('acme acme');
  });

  test('baggage counts only where it is trusted', async () => {
    const asked = (): Request => request({ baggage: baggageOf('carried') });
    const handler = async (_request: Request): Promise<string> => whoAmI();
    expect(await withLlmobserve(handler, {})(asked())).toBe('nobody');
    expect(await withLlmobserve(handler, { trustBaggage: true })(asked())).toBe('carried');
  });
});
