import { describe, expect, test } from 'vitest';
import { agent, section, tool, withCustomer } from '../../src/attribution/index.ts';
import { importContext } from '../../src/carry/index.ts';
import { currentScope, pause, recordEvents } from './support/record-events.ts';

function* paths(): Generator<string | undefined, string> {
  yield currentScope()?.section;
  yield tool('inner', () => currentScope()?.section);
  return 'done';
}

async function* latePaths(): AsyncGenerator<string | undefined> {
  yield currentScope()?.section;
  await pause(1);
  yield currentScope()?.section;
}

describe('works', () => {
  test('a generator runs in the section and for the customer it was made in, whoever drives it, and when', async () => {
    recordEvents();
    const made = agent('writer', paths);
    const late = withCustomer('acme', () => agent('writer', latePaths));
    await pause(1);
    expect(section('elsewhere', () => [...made])).toEqual(['agent:writer', 'agent:writer/tool:inner']);
    const seen: unknown[] = [];
    for await (const path of late) seen.push(path, currentScope()?.section);
    expect(seen).toEqual(['agent:writer', undefined, 'agent:writer', undefined]);
  });

  test('a customer, and a context that was carried, hold in a generator too', async () => {
    async function* customers(): AsyncGenerator<string | undefined> {
      yield currentScope()?.customer?.id;
      await pause(1);
      yield currentScope()?.customer?.id;
    }
    const read = async (generator: AsyncGenerator<string | undefined>): Promise<unknown[]> => {
      const seen: unknown[] = [];
      for await (const id of generator) seen.push(id);
      return seen;
    };
    const own = withCustomer('acme', customers);
    const carried = importContext('{"v":1,"id":"sent"}', customers);
    const nested = withCustomer('outer', () => withCustomer('inner', customers));
    expect(await Promise.all([own, carried, nested].map(read))).toEqual([
      ['acme', 'acme'],
      ['sent', 'sent'],
      ['inner', 'inner'],
    ]);
  });

  test('the section ends when the generator does', async () => {
    const events = recordEvents();
    const made = agent('writer', latePaths);
    expect(await events()).toEqual([]);
    for await (const _path of made);
    expect(await events()).toMatchObject([{ section: 'agent:writer', status: 'ok' }]);
  });

  test('a generator that the app leaves ends its section as cancelled, one that throws as an error', async () => {
    const events = recordEvents();
    for await (const _path of agent('left', latePaths)) break;
    const failure = new TypeError('the app’s own');
    const failing = agent('failed', async function* () {
      yield 1;
      throw failure;
    });
    await failing.next();
    await expect(failing.next()).rejects.toBe(failure);
    expect(await events()).toMatchObject([
      { section: 'agent:left', status: 'cancelled' },
      { section: 'agent:failed', status: 'error', error: { code: 'TypeError' } },
    ]);
  });
});

describe('protects', () => {
  test('a class of the app’s that is called a generator and is none stays as it is', () => {
    recordEvents();
    class IdGenerator implements IterableIterator<number> {
      readonly [Symbol.toStringTag] = 'IdGenerator';
      #last = 0;
      next(): IteratorResult<number> {
        this.#last += 1;
        return { done: false, value: this.#last };
      }
      [Symbol.iterator](): this {
        return this;
      }
    }
    const ids = section('x', () => new IdGenerator());
    for (const id of ids) if (id === 2) break;
    expect(ids.next()).toEqual({ done: false, value: 3 });
    expect(Reflect.ownKeys(ids)).toEqual([Symbol.toStringTag]);
  });

  test('it is the same object, and is as it was when it has ended', () => {
    recordEvents();
    const generator = paths();
    const made = section('x', () => generator);
    expect(made).toBe(generator);
    expect(Object.keys(made)).toEqual([]);
    expect(made[Symbol.iterator]()).toBe(generator);
    expect([...made]).toEqual(['x', 'x/tool:inner']);
    expect(Reflect.ownKeys(generator)).toEqual([]);
    expect(made.next()).toEqual({ done: true, value: undefined });
  });

  test('values go in and out as they would', () => {
    recordEvents();
    const talk = section('x', function* (): Generator<number, string, string> {
      try {
        const heard = yield 1;
        yield heard.length;
      } catch (error) {
        return String(error);
      }
      return 'unheard';
    });
    expect(talk.next()).toEqual({ done: false, value: 1 });
    expect(talk.next('four')).toEqual({ done: false, value: 4 });
    expect(talk.throw('enough')).toEqual({ done: true, value: 'enough' });
  });
});
