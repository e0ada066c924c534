import { parseCostEvent, type SentCostEvent } from '@llmobserve/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agent, run, section, step, tool, withCustomer, withTags } from '../../src/attribution/index.ts';
import { importContext } from '../../src/carry/index.ts';
import { track } from '../../src/track/index.ts';
import { currentScope, pause, recordEvents } from './support/record-events.ts';

/** Each event by what it is called, its parent by the same name. */
function asTree(events: readonly SentCostEvent[]): Record<string, string | undefined> {
  const nameOf = (event: SentCostEvent): string =>
    `${event.operation} ${event.kind === 'section' ? (event.section ?? event.run) : ''}`.trim();
  const names = new Map(events.map((event) => [event.spanId, nameOf(event)]));
  return Object.fromEntries(events.map((event) => [nameOf(event), names.get(event.parentSpanId)]));
}

function call(operation: string): void {
  track({ provider: 'acme-search', operation, usage: { requests: 1 } });
}

/** Each of them, as untyped code calls it. */
type Around = (name: unknown, fn: () => unknown) => unknown;

describe('works', () => {
  test('a run is a tree: each call and each section names what it hangs below', async () => {
    const events = recordEvents();
    await run('nightly', async () => {
      call('a');
      await agent('researcher', async () => {
        await Promise.all([tool('search', async () => call('b')), step('rank', () => pause(1).then(() => call('c')))]);
        call('d');
      });
    });
    const seen = await events();
    expect(asTree(seen)).toEqual({
      'run nightly': undefined,
      a: 'run nightly',
      'agent agent:researcher': 'run nightly',
      'tool agent:researcher/tool:search': 'agent agent:researcher',
      b: 'tool agent:researcher/tool:search',
      'step agent:researcher/step:rank': 'agent agent:researcher',
      c: 'step agent:researcher/step:rank',
      d: 'agent agent:researcher',
    });
    expect(new Set(seen.map((event) => event.traceId)).size).toBe(1);
    expect(new Set(seen.map((event) => event.spanId)).size).toBe(seen.length);
    for (const event of seen) expect(parseCostEvent(event, Date.now())).not.toHaveProperty('problems');
  });

  test('a section has the customer and run around it, its own path, and no usage', async () => {
    const events = recordEvents({ environment: 'test', release: '1.2.3', tags: { region: 'eu' } });
    withCustomer({ id: 'acme', user: 'u1', tags: { seats: '3' } }, () =>
      run({ name: 'nightly', id: 'job-1' }, () => agent('writer', () => undefined)),
    );
    const [writer] = await events();
    expect(writer).toMatchObject({
      kind: 'section',
      provider: 'llmobserve',
      operation: 'agent',
      section: 'agent:writer',
      run: 'nightly',
      customer: 'acme',
      user: 'u1',
      environment: 'test',
      release: '1.2.3',
      tags: { region: 'eu', seats: '3' },
      attributes: { runId: 'job-1' },
      status: 'ok',
    });
    expect(writer).not.toHaveProperty('usage');
  });

  test('the outermost section outside a run begins a trace without a name', async () => {
    const events = recordEvents();
    section('intake', () => tool('scan', () => call('a')));
    section('intake', () => call('b'));
    const seen = await events();
    expect(asTree(seen.slice(0, 3))).toEqual({
      'section intake': undefined,
      'tool intake/tool:scan': 'section intake',
      a: 'tool intake/tool:scan',
    });
    expect(seen.every((event) => event.run === undefined && /^[0-9a-f]{32}$/.test(event.traceId ?? ''))).toBe(true);
    expect(new Set(seen.map((event) => event.traceId)).size).toBe(2);
  });

  test('a run inside a run is a tree of its own, a run joined again by its id goes on below', async () => {
    const events = recordEvents();
    run({ name: 'outer', id: 'job-1' }, () => {
      run('inner', () => call('a'));
      run({ name: 'again', id: 'job-1' }, () => call('b'));
    });
    const seen = await events();
    expect(asTree(seen)).toEqual({
      'run inner': undefined,
      a: 'run inner',
      'run again': 'run outer',
      b: 'run again',
      'run outer': undefined,
    });
    const traceOf = (run: string): string | undefined => seen.find((event) => event.run === run)?.traceId;
    expect(traceOf('inner')).not.toBe(traceOf('outer'));
    expect(traceOf('again')).toBe(traceOf('outer'));
  });

  test('1000 interleaved runs each keep their own tree', async () => {
    const events = recordEvents();
    await Promise.all(
      Array.from({ length: 1000 }, (_, index) =>
        withCustomer(`c${index}`, () =>
          run(`r${index}`, () =>
            agent('a', async () => {
              await pause(index % 7);
              await Promise.all([tool('t', () => pause(index % 3).then(() => call('x'))), tool('u', () => pause(1))]);
            }),
          ),
        ),
      ),
    );
    const seen = await events();
    expect(seen).toHaveLength(5000);
    const trees = new Map<string | undefined, SentCostEvent[]>();
    for (const event of seen) trees.set(event.traceId, [...(trees.get(event.traceId) ?? []), event]);
    expect(trees.size).toBe(1000);
    for (const tree of trees.values()) {
      expect(new Set(tree.map((event) => `${event.customer} ${event.run}`)).size).toBe(1);
      expect(asTree(tree)).toMatchObject({
        x: 'tool agent:a/tool:t',
        'tool agent:a/tool:t': 'agent agent:a',
        'agent agent:a': `run ${tree[0]?.run}`,
      });
    }
  });
});

describe('protects', () => {
  test('whatever names, customers and tags are, fn runs once, what it throws goes on, and what is sent can be taken', async () => {
    const events = recordEvents();
    const odd = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.anything({ withBigInt: true, withNullPrototype: true }));
    const nested = [withCustomer, run, withTags, agent, importContext] as readonly unknown[] as readonly Around[];
    const everyWay = (names: readonly unknown[], thrown: unknown): void => {
      let runs = 0;
      const work = (): never => {
        runs += 1;
        throw thrown;
      };
      const inside = nested.reduce<() => unknown>((fn, around, index) => () => around(names[index], fn), work);
      let caught: unknown = 'nothing';
      try {
        inside();
      } catch (error) {
        caught = error;
      }
      expect([runs, Object.is(caught, thrown)]).toEqual([1, true]);
    };
    fc.assert(fc.property(fc.array(odd, { minLength: 5, maxLength: 5 }), odd, everyWay), { numRuns: 300 });
    const seen = await events();
    expect(seen.length).toBeGreaterThan(100);
    for (const event of seen) expect(parseCostEvent(event, Date.now())).not.toHaveProperty('problems');
  });

  test('without init, or with it off, sections leave no trace and names still hold', async () => {
    const events = recordEvents();
    const { liveEngine } = await import('../../src/init.ts');
    liveEngine().configure({ enabled: false });
    const scope = agent('writer', currentScope);
    expect(scope).toEqual({ section: 'agent:writer' });
    liveEngine().configure({ enabled: true });
    expect(await events()).toEqual([]);
  });

  test('a call outside of everything has no trace', async () => {
    const events = recordEvents();
    call('alone');
    const [alone] = await events();
    expect(alone).not.toHaveProperty('traceId');
    expect(alone).not.toHaveProperty('spanId');
  });
});
