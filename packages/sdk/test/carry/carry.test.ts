import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agent, run, section, setCustomer, tool, withCustomer, withTags } from '../../src/attribution/index.ts';
import { exportContext, importContext } from '../../src/carry/index.ts';
import { currentScope, pause, recordEvents } from '../attribution/support/record-events.ts';

const ACME = { id: 'acme', name: 'Acme', user: 'u1', session: 's1', plan: 'pro', tags: { seats: '3' } };

const lines: string[] = [];
const say = console.warn;
beforeAll(() => {
  console.warn = (line: string) => lines.push(line);
});
afterAll(() => {
  console.warn = say;
});

describe('works', () => {
  test('all that a scope says goes on elsewhere', async () => {
    recordEvents();
    const [carried, sent] = withCustomer(ACME, () =>
      run({ name: 'nightly', id: 'job-1' }, () =>
        withTags({ feature: 'chat' }, () => agent('researcher', () => tool('search', () => [exportContext(), currentScope()] as const))),
      ),
    );
    expect(importContext(carried, currentScope)).toEqual(sent);
    expect(sent).toMatchObject({ spanId: expect.stringMatching(/^[0-9a-f]{16}$/), traceId: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });

  test('a trace without a name is carried too', () => {
    recordEvents();
    const carried = section('intake', exportContext);
    expect(importContext(carried, () => currentScope()?.traceId)).toMatch(/^[0-9a-f]{32}$/);
    expect(importContext(carried, () => currentScope()?.run)).toBeUndefined();
  });

  test('what is carried takes the place of what is running, until fn is over', async () => {
    const carried = withCustomer('sender', exportContext);
    await withCustomer('receiver', () =>
      section('worker', async () => {
        await importContext(carried, async () => {
          await pause(1);
          expect(currentScope()).toEqual({ customer: { id: 'sender' } });
          setCustomer('later');
          expect(currentScope()?.customer?.id).toBe('later');
        });
        expect(currentScope()?.customer?.id).toBe('receiver');
      }),
    );
  });

  test('a section opened where the context arrives hangs below the one it left', async () => {
    const events = recordEvents();
    const carried = run('nightly', () => agent('researcher', exportContext));
    importContext(carried, () => tool('search', () => undefined));
    const [researcher, , search] = await events();
    expect(search).toMatchObject({
      section: 'agent:researcher/tool:search',
      run: 'nightly',
      traceId: researcher?.traceId,
      parentSpanId: researcher?.spanId,
    });
  });

  test('where nothing is said nothing is carried', () => {
    expect(exportContext()).toBe('');
    for (const nothing of ['', undefined, null])
      expect(withCustomer('acme', () => importContext(nothing, currentScope))).toEqual({ customer: { id: 'acme' } });
  });
});

describe('refuses', () => {
  const trace = 'a'.repeat(32);
  test.each([
    ['no JSON', 'acme'],
    ['another version', '{"v":2,"id":"acme"}'],
    ['no object', '[1]'],
    ['too long', JSON.stringify({ v: 1, id: 'a'.repeat(9000) })],
    ['no text', 7],
    ['an object', { v: 1, id: 'acme' }],
  ])('%s: fn runs as without it', (_what, carried) => {
    const call = importContext as (carried: unknown, fn: () => unknown) => unknown;
    expect(withCustomer('here', () => call(carried, currentScope))).toEqual({ customer: { id: 'here' } });
  });

  test.each([
    ['an id that is no name', { id: {} }, {}],
    ['a span without a trace', { spanId: 'b'.repeat(16) }, {}],
    ['a trace that is none', { traceId: 'xyz', run: 'nightly' }, {}],
    ['control characters', { id: 'a\nb' }, { customer: { id: 'a_b' } }],
    ['a path too long', { section: 'a/'.repeat(600) }, {}],
    ['a run without a name', { traceId: trace, runId: 'job-1' }, { traceId: trace }],
    ['members of the language', { __proto__: { id: 'x' }, constructor: 'x' }, {}],
  ])('%s is left out', (_what, said, scope) => {
    expect(importContext(JSON.stringify({ v: 1, ...said }), currentScope)).toEqual(scope);
  });

  test('whatever text comes, fn runs once and names fit', () => {
    const names = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.constant(null), fc.dictionary(fc.string(), fc.string()));
    const members = fc.dictionary(
      fc.constantFrom('v', 'id', 'name', 'section', 'run', 'runId', 'traceId', 'spanId', 'tags', 'callTags'),
      names,
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          members.map((said) => JSON.stringify({ v: 1, ...said })),
        ),
        (carried) => {
          const scope = importContext(carried, () => currentScope() ?? {});
          expect(scope.customer?.id.length ?? 0).toBeLessThanOrEqual(400);
          expect(scope.traceId ?? 'a'.repeat(32)).toMatch(/^[0-9a-f]{32}$/);
        },
      ),
    );
  });
});

describe('protects', () => {
  test('what is too long to carry loses its tags and names first, and whom it is for never', () => {
    const wide = (name: string): string => `${name}${'ä'.repeat(190)}`;
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`tag${index}`, wide('x')]));
    const scope = { id: wide('id'), name: wide('name'), user: wide('user'), session: wide('session'), tags };
    const carried = withCustomer(scope, () =>
      run({ name: wide('run'), id: wide('job') }, () => agent(wide('a'), () => tool(wide('t'), exportContext))),
    );
    expect(encodeURIComponent(carried).length).toBeLessThanOrEqual(4096);
    expect(importContext(carried, currentScope)).toMatchObject({ customer: { id: scope.id } });
    expect(importContext(carried, currentScope)?.customer).not.toHaveProperty('tags');
  });

  test('what was cut and what could not be read is said once each', async () => {
    recordEvents();
    for (let i = 0; i < 3; i += 1) importContext('{"v":9}', () => undefined);
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`t${index}`, 'x'.repeat(200)]));
    for (let i = 0; i < 3; i += 1) withTags(tags, exportContext);
    expect(lines.filter((line) => line.includes('importContext()'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('too long to carry'))).toHaveLength(1);
  });
});
