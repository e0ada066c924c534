import { parseCostEvent } from '@llmobserve/protocol';
import { OpenAI } from 'openai';
import { describe, expect, onTestFinished, test } from 'vitest';
import { agent, run, section, tool, withCustomer } from '../../src/attribution/index.ts';
import { startChatProvider } from '../support/start-chat-provider.ts';
import { pause, recordEvents } from './support/record-events.ts';

// oxlint-disable-next-line unicorn/no-thenable -- such objects are what is tested
const THEN = 'then';

function fail(error: Error): never {
  throw error;
}

/** A thenable like a query builder's: asking it begins the work. */
class LazyQuery {
  asked = 0;
  // oxlint-disable-next-line unicorn/no-thenable -- such clients are what is tested
  then(onOk: (value: number) => unknown): Promise<unknown> {
    this.asked += 1;
    return Promise.resolve(this.asked).then(onOk);
  }
}

async function openAi(): Promise<OpenAI> {
  return new OpenAI({ apiKey: 'sk-test', baseURL: `${await startChatProvider()}/v1`, maxRetries: 0 });
}

const ASK = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'slow' }] };

describe('works', () => {
  test('a section lasts as long as its promise', async () => {
    const events = recordEvents();
    await section('x', () => pause(30));
    const [x] = await events();
    expect(x?.durationMs).toBeGreaterThanOrEqual(25);
    expect(x?.durationMs).toBeLessThan(5000);
  });

  test.each([
    [
      'throws',
      (failure: unknown) => (): never => {
        throw failure;
      },
    ],
    ['rejects', (failure: unknown) => () => Promise.reject(failure)],
    [
      'rejects later',
      (failure: unknown) => () =>
        pause(1).then(() => {
          throw failure;
        }),
    ],
  ])('what %s goes on unchanged and is the end of the section', async (_how, failing) => {
    const events = recordEvents();
    const failure = new RangeError('the app’s own');
    await expect((async () => agent('x', failing(failure)))()).rejects.toBe(failure);
    await expect((async () => agent('y', failing(new DOMException('stop', 'AbortError'))))()).rejects.toThrow('stop');
    await expect((async () => run('z', failing('a text')))()).rejects.toBe('a text');
    const seen = await events();
    expect(seen.map(({ status, error }) => [status, error?.code])).toEqual([
      ['error', 'RangeError'],
      ['cancelled', 'AbortError'],
      ['error', undefined],
    ]);
  });

  test('a client’s own promise stays what it is, and its section lasts until it settles', async () => {
    const events = recordEvents();
    const client = await openAi();
    const made: ReturnType<typeof client.chat.completions.create>[] = [];
    const asked = agent('x', () => {
      const promise = client.chat.completions.create(ASK);
      made.push(promise);
      return promise;
    });
    expect(asked).toBe(made[0]);
    expect((await asked).model).toBe('gpt-4o-2024-08-06');
    const { response } = await tool('y', () => client.chat.completions.create(ASK)).withResponse();
    expect(response.status).toBe(200);
    const seen = await events();
    const x = seen.find((event) => event.section === 'agent:x' && event.kind === 'section');
    expect(x?.durationMs).toBeGreaterThanOrEqual(300);
    expect(seen.filter((event) => event.kind === 'llm').map((event) => event.section)).toEqual(['agent:x', 'tool:y']);
  });

  test('a query that is made with its own method is no different, and keeps it', async () => {
    const events = recordEvents();
    const asked: unknown[][] = [];
    const query: PromiseLike<number> = {
      [THEN]: (...given: unknown[]) => {
        asked.push(given.slice(2));
        return pause(30).then(() => Reflect.apply(given[0] as (value: number) => never, undefined, [7]));
      },
    };
    const own = query[THEN];
    const made = section('x', () => tool('y', () => query));
    expect(made).toBe(query);
    expect(Object.keys(made)).toEqual([THEN]);
    expect(await made).toBe(7);
    expect(query[THEN]).toBe(own);
    await Reflect.apply(section('z', () => query)[THEN], query, [String, undefined, 'transaction']);
    expect(asked).toEqual([[], ['transaction']]);
    section('nobody asks', () => query);
    await pause(1);
    expect(query[THEN]).toBe(own);
    const seen = await events();
    expect(seen.map((event) => [event.section, (event.durationMs ?? 0) >= 25])).toEqual([
      ['x/tool:y', true],
      ['x', true],
      ['z', true],
      ['nobody asks', false],
    ]);
  });

  test('a proxy of a promise keeps what it adds', async () => {
    const events = recordEvents();
    const withResponse = (): string => 'the response';
    const get = (promise: object, name: string | symbol): unknown => {
      const own: unknown = Reflect.get(promise, name);
      if (name === 'withResponse') return withResponse;
      return typeof own === 'function' ? own.bind(promise) : own;
    };
    // Safe because `get` adds that method.
    const proxied = new Proxy(pause(30), { get }) as Promise<void> & { readonly withResponse: () => string };
    const made = section('x', () => proxied);
    expect([Object.is(made, proxied), made.withResponse()]).toEqual([true, 'the response']);
    await made;
    const [x] = await events();
    expect(x?.durationMs).toBeGreaterThanOrEqual(25);
  });

  test('an abort by a client’s own error is no failure; where an error is named as all are, its class tells more', async () => {
    const events = recordEvents();
    const client = await openAi();
    const controller = new AbortController();
    const asked = agent('x', () => client.chat.completions.create(ASK, { signal: controller.signal }));
    controller.abort();
    await expect(asked).rejects.toThrow('Request was aborted.');
    class QuotaError extends Error {}
    await expect(agent('y', () => Promise.reject(new QuotaError('full')))).rejects.toThrow('full');
    expect((await events()).filter(({ kind }) => kind === 'section').map(({ status, error }) => [status, error?.code])).toEqual([
      ['cancelled', 'APIUserAbortError'],
      ['error', 'QuotaError'],
    ]);
  });

  test('a client’s promise that rejects ends its section as an error', async () => {
    const events = recordEvents();
    const client = new OpenAI({ apiKey: 'sk-test', baseURL: 'http://127.0.0.1:1/v1', maxRetries: 0 });
    const ask = (): ReturnType<typeof client.models.list> => client.models.list();
    await expect(agent('awaited', ask)).rejects.toThrow('Connection error.');
    expect(await agent('caught', ask).catch(() => 'caught')).toBe('caught');
    const steps: string[] = [];
    await expect(agent('cleaned', ask).finally(() => steps.push('cleaned'))).rejects.toThrow('Connection error.');
    expect(steps).toEqual(['cleaned']);
    const seen = (await events()).filter((event) => event.kind === 'section');
    expect(seen.map(({ section: path, status }) => [path, status])).toEqual([
      ['agent:awaited', 'error'],
      ['agent:caught', 'error'],
      ['agent:cleaned', 'error'],
    ]);
  });
});

describe('protects', () => {
  test('work that begins when it is asked for is never asked for by us', async () => {
    const events = recordEvents();
    const query = new LazyQuery();
    const made = section('x', () => query);
    expect(made).toBe(query);
    await pause(1);
    expect(query.asked).toBe(0);
    expect(Reflect.ownKeys(query)).toEqual(['asked']);
    expect(await made).toBe(1);
    expect(await section('y', () => query)).toBe(2);
    expect((await events()).map((event) => event.section)).toEqual(['x', 'y']);
  });

  test.each([
    ['is a symbol', Symbol('x')],
    ['throws when it is read as a text', { toString: () => fail(new Error('never ask')) }],
    ['is missing', undefined],
  ])('an error whose name %s goes through, explained or not', async (_how, name) => {
    const error = Object.defineProperty(new Error('the app’s own'), 'name', { value: name });
    for (const debug of [true, false]) {
      const events = recordEvents({ debug });
      let caught: unknown;
      try {
        section('x', () => fail(error));
      } catch (thrown) {
        caught = thrown;
      }
      expect(caught).toBe(error);
      const [x] = await events();
      expect(x?.status).toBe('error');
      expect(parseCostEvent(x, Date.now())).not.toHaveProperty('problems');
    }
  });

  test('objects come back as they are', () => {
    recordEvents();
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(
      Object.is(
        section('x', () => proxy),
        proxy,
      ),
    ).toBe(true);
    expect(
      Object.is(
        withCustomer('acme', () => proxy),
        proxy,
      ),
    ).toBe(true);
    const hostile = Object.freeze(Object.defineProperty({}, THEN, { get: (): never => fail(new Error('never ask')) }));
    for (const value of [
      new ReadableStream(),
      new Map(),
      Object.freeze({ [THEN]: () => undefined }),
      hostile,
      null,
      Symbol('x'),
      () => 1,
    ]) {
      expect(section('x', () => value)).toBe(value);
    }
  });

  test('a rejection that nobody handles stays one', async () => {
    recordEvents();
    const unhandled: unknown[] = [];
    const theirs = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', (error) => unhandled.push(error));
    onTestFinished(() => {
      process.removeAllListeners('unhandledRejection');
      for (const listener of theirs) process.on('unhandledRejection', listener);
    });
    void section('alone', () => Promise.reject(new Error('nobody looks')));
    await section('handled', () => Promise.reject(new Error('somebody looks'))).catch(() => undefined);
    await pause(5);
    expect(unhandled.map(String)).toEqual(['Error: nobody looks']);
  });
});
