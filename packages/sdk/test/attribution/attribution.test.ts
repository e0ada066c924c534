import { EventEmitter } from 'node:events';
import { Agent, get } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { agent, run, section, setCustomer, step, tool, withCustomer, withTags } from '../../src/attribution/index.ts';
import { liveRuntime, type Scope } from '../../src/runtime.ts';
import { listen } from '../support/listen.ts';

function currentScope(): Scope | undefined {
  return liveRuntime().scopes.getStore();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

describe('works', () => {
  test('1000 interleaved calls each land on their own customer, section and run', async () => {
    const work = Array.from({ length: 1000 }, (_, index) => `c${index}`);
    const seen = await Promise.all(
      work.map((id, index) =>
        withCustomer(id, () =>
          run({ name: 'nightly', id }, () =>
            agent(`a${index}`, async () => {
              await pause(index % 7);
              await Promise.all([pause(1), tool('search', () => pause(index % 3))]);
              return tool('search', async () => {
                await pause(0);
                return currentScope();
              });
            }),
          ),
        ),
      ),
    );
    expect(seen.map((scope) => scope?.customer?.id)).toEqual(work);
    expect(seen.map((scope) => scope?.run?.runId)).toEqual(work);
    expect(seen.map((scope) => scope?.section)).toEqual(work.map((_, index) => `agent:a${index}/tool:search`));
    expect(currentScope()).toBeUndefined();
  });

  test('1000 interleaved pieces of work that each set their own customer keep it', async () => {
    const work = Array.from({ length: 1000 }, (_, index) => `c${index}`);
    const seen = await Promise.all(
      work.map(async (id, index) => {
        await pause(index % 5);
        setCustomer(id);
        await Promise.all([pause(index % 7), tool('search', () => pause(1))]);
        return currentScope()?.customer?.id;
      }),
    );
    expect(seen).toEqual(work);
    expect(currentScope()).toBeUndefined();
  });

  test('names become a path that nests', () => {
    const path = section('intake', () => agent('a/b:c', () => step('rank', () => tool('search', () => currentScope()?.section))));
    expect(path).toBe('intake/agent:a_b_c/step:rank/tool:search');
  });

  test('what fn returns and throws goes through untouched', async () => {
    const value = Promise.resolve(1);
    expect(withCustomer('acme', () => value)).toBe(value);
    const failure = new Error('the app’s own');
    expect(() =>
      section('x', () => {
        throw failure;
      }),
    ).toThrow(failure);
    await expect(agent('x', () => Promise.reject(failure))).rejects.toBe(failure);
  });

  test('tags of an outer scope stay, the nearer win', () => {
    const scope = withTags({ feature: 'chat', tier: 'a' }, () => withCustomer('acme', () => withTags({ tier: 'b' }, currentScope)));
    expect(scope).toMatchObject({ customer: { id: 'acme' }, tags: { feature: 'chat', tier: 'b' } });
    expect(withTags({}, currentScope)).toBeUndefined();
  });

  test('the inner customer wins inside, the outer one after', () => {
    withCustomer({ id: 'outer', user: 'u1' }, () => {
      expect(withCustomer('inner', currentScope)?.customer).toEqual({ id: 'inner' });
      expect(currentScope()?.customer).toEqual({ id: 'outer', user: 'u1' });
    });
  });

  test('generators and event emitters keep the customer of whoever drives them', async () => {
    const emitter = new EventEmitter();
    const heard: (string | undefined)[] = [];
    emitter.on('call', () => heard.push(currentScope()?.customer?.id));
    async function* calls(): AsyncGenerator<string | undefined> {
      yield currentScope()?.customer?.id;
      await pause(1);
      yield currentScope()?.customer?.id;
    }
    await withCustomer('acme', async () => {
      emitter.emit('call');
      for await (const id of calls()) heard.push(id);
    });
    expect(heard).toEqual(['acme', 'acme', 'acme']);
  });

  test('an id given to run gives the same trace everywhere, a name alone a new one each time', () => {
    const traceOf = (name: Parameters<typeof run>[0]): string | undefined => run(name, () => currentScope()?.run?.traceId);
    expect(traceOf({ name: 'nightly', id: 'job-1' })).toBe(traceOf({ name: 'other', id: 'job-1' }));
    expect(traceOf({ name: 'nightly', id: 'job-1' })).not.toBe(traceOf({ name: 'nightly', id: 'job-2' }));
    expect(traceOf('nightly')).toMatch(/^[0-9a-f]{32}$/);
    expect(traceOf('nightly')).not.toBe(traceOf('nightly'));
  });

  test('setCustomer in a request handler holds for that request alone, on one kept connection', async () => {
    const url = await listen((request, response) => {
      const before = currentScope()?.customer?.id;
      if (request.url !== '/nobody') setCustomer(request.url ?? '');
      void pause(5).then(() => response.end(JSON.stringify([before ?? null, currentScope()?.customer?.id ?? null])));
    });
    const agentOfOne = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agentOfOne.destroy());
    const ask = (path: string): Promise<unknown> =>
      new Promise((resolve) => {
        get(url + path, { agent: agentOfOne }, (response) => {
          response.setEncoding('utf8').on('data', (text: string) => resolve(JSON.parse(text)));
        });
      });
    const answers = await Promise.all(['/a', '/b', '/nobody', '/c'].map(ask));
    expect(answers).toEqual([
      [null, '/a'],
      [null, '/b'],
      [null, null],
      [null, '/c'],
    ]);
  });
});

describe('refuses', () => {
  test.each([undefined, null, '', {}, { id: '' }, { id: null }, [], Symbol('x'), false, true, Number.NaN, { id: false }])(
    'nobody (%s) leaves the customer as it is, and fn runs',
    (nobody) => {
      const call = withCustomer as (customer: unknown, fn: () => Scope | undefined) => Scope | undefined;
      expect(withCustomer('acme', () => call(nobody, currentScope))?.customer?.id).toBe('acme');
    },
  );

  test('what throws while it is read names nobody, and fn runs', () => {
    const hostile = {
      get id(): string {
        throw new Error('not loaded');
      },
      name: 'x',
    };
    expect(withCustomer(hostile, () => 7)).toBe(7);
    expect(run(hostile, () => 7)).toBe(7);
    expect(() => setCustomer(hostile)).not.toThrow();
    expect(
      withTags(
        {
          get feature(): never {
            throw new Error('not loaded');
          },
        },
        () => 7,
      ),
    ).toBe(7);
  });

  test('untyped values become names', () => {
    const call = withCustomer as (customer: unknown, fn: () => Scope | undefined) => Scope | undefined;
    expect(call(42, currentScope)?.customer?.id).toBe('42');
    const tags = { seats: 3, trial: true, nothing: null, list: [] };
    expect(call({ id: 7n, tags }, currentScope)?.customer).toEqual({ id: '7', tags: { seats: '3', trial: 'true' } });
  });

  test('a name without letters leaves the section as it is', () => {
    expect(section('outer', () => tool('', () => currentScope()?.section))).toBe('outer');
    expect(run('', () => currentScope()?.run)).toBeUndefined();
  });
});

describe('protects', () => {
  test('names are cut to what the collector takes, between characters', () => {
    const scope = withCustomer('😀'.repeat(300), () => agent('ä'.repeat(500), currentScope));
    expect(Array.from(scope?.customer?.id ?? '')).toHaveLength(200);
    expect(scope?.customer?.id.isWellFormed()).toBe(true);
    expect(scope?.section).toBe(`agent:${'ä'.repeat(194)}`);
  });

  test('tags are bounded, however many come and however deep they nest; the nearest stay', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`t${index}`, 'x']));
    expect(Object.keys(withTags(many, currentScope)?.tags ?? {})).toHaveLength(50);
    const nest = (depth: number): Scope | undefined =>
      depth === 0 ? currentScope() : withTags({ level: String(depth), [`t${depth}`]: 'x' }, () => nest(depth - 1));
    const { tags = {} } = nest(300) ?? {};
    expect(Object.keys(tags)).toHaveLength(50);
    expect(tags).toMatchObject({ level: '1', t1: 'x', t40: 'x' });
    expect(tags).not.toHaveProperty('t300');
  });

  test('names of the language are names like any other', () => {
    const scope = withCustomer(JSON.parse('{"id":"__proto__","tags":{"__proto__":"x","constructor":"y"}}'), currentScope);
    expect(JSON.stringify(scope?.customer)).toBe('{"id":"__proto__","tags":{"__proto__":"x","constructor":"y"}}');
    expect(section('__proto__', currentScope)?.section).toBe('__proto__');
  });

  test('control characters become signs', () => {
    expect(withCustomer('a\nb\u0000', currentScope)?.customer?.id).toBe('a_b_');
  });

  test('an agent that calls itself without end keeps its name and a bounded path', () => {
    const descend = (depth: number): string | undefined =>
      depth === 0 ? tool('last', () => currentScope()?.section) : agent(`level-${depth % 10}`, () => descend(depth - 1));
    const path = descend(300);
    expect(path?.length).toBeLessThanOrEqual(1000);
    expect(path?.endsWith('/tool:last')).toBe(true);
  });
});
