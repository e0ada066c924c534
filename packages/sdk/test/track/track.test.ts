import { createHash } from 'node:crypto';
import { EVENT_KINDS, parseCostEvent } from '@llmobserve/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agent, run, withCustomer, withTags } from '../../src/attribution/index.ts';
import { stats } from '../../src/stats.ts';
import { track, type TrackedCall } from '../../src/track/index.ts';
import { recordEvents } from '../attribution/support/record-events.ts';

const SMS = { provider: 'twilio', operation: 'sms', usage: { requests: 1 } } as const;
const trackAnything = track as (call: unknown) => void;

describe('works', () => {
  test('a call that the app tells of is an event like any other', async () => {
    const events = recordEvents({ environment: 'test' });
    withCustomer({ id: 'acme', user: 'u1', tags: { seats: '3' } }, () =>
      run('nightly', () =>
        withTags({ feature: 'alerts' }, () =>
          agent('notifier', () =>
            track({ ...SMS, costUsd: '0.0079', durationMs: 120, startedAt: new Date('2026-11-01T10:00:00Z'), tags: { seats: '4' } }),
          ),
        ),
      ),
    );
    const [sms] = await events();
    expect(sms).toMatchObject({
      kind: 'custom',
      provider: 'twilio',
      operation: 'sms',
      usage: { requests: 1 },
      reportedCostUsd: '0.0079',
      durationMs: 120,
      startedAt: '2026-11-01T10:00:00.000Z',
      customer: 'acme',
      user: 'u1',
      run: 'nightly',
      section: 'agent:notifier',
      environment: 'test',
      tags: { seats: '4', feature: 'alerts' },
    });
    expect(parseCostEvent(sms, Date.now())).not.toHaveProperty('problems');
  });

  test('it may be for another customer, of a kind and a model', async () => {
    const events = recordEvents({ customer: 'everyone' });
    withCustomer('acme', () => track({ ...SMS, customer: { id: 'other', plan: 'pro' } }));
    track(SMS);
    track({ provider: 'own-gpu', model: 'llama-4', kind: 'llm', usage: { input: 10, output: 5 } });
    expect((await events()).map(({ customer, kind, model }) => [customer, kind, model])).toEqual([
      ['other', 'custom', undefined],
      ['everyone', 'custom', undefined],
      ['everyone', 'llm', 'llama-4'],
    ]);
  });

  test('an id of the app’s becomes a UUID of its SHA-256, a UUID stays', async () => {
    const events = recordEvents();
    for (const id of ['order-7', 'order-7', '0198F3A2-0000-7000-8000-000000000001', undefined]) track({ ...SMS, id });
    const [first, second, given, own] = (await events()).map((event) => event.id);
    const hex = createHash('sha256').update('order-7').digest('hex');
    expect(first).toBe(second);
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(first?.replaceAll('-', '').slice(0, 12)).toBe(hex.slice(0, 12));
    expect(first?.slice(-12)).toBe(hex.slice(20, 32));
    expect(given).toBe('0198f3a2-0000-7000-8000-000000000001');
    expect(own).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });

  test.each([
    [0.0079, '0.0079'],
    [1e-7, '0.0000001'],
    [1.25e-9, '0.00000000125'],
    [3, '3'],
    [0, '0'],
    [-0, '0'],
    [0.1 + 0.2, '0.30000000000000004'],
    [5e-324, `0.${'0'.repeat(62)}`],
    ['12.50', '12.50'],
    [1e-13, '0.0000000000001'],
    [`0.${'3'.repeat(100)}`, `0.${'3'.repeat(62)}`],
    ['1000000', '1000000'],
  ])('%s dollars travel as %s', async (costUsd, sent) => {
    const events = recordEvents();
    track({ ...SMS, costUsd });
    const [event] = await events();
    expect(event?.reportedCostUsd).toBe(sent);
    expect(parseCostEvent(event, Date.now())).not.toHaveProperty('problems');
  });

  test('a start that is not said is now, less the duration', async () => {
    const events = recordEvents();
    const startMs = Date.now();
    track({ ...SMS, durationMs: 60_000 });
    const [event] = await events();
    expect(Date.parse(event?.startedAt ?? '')).toBeGreaterThanOrEqual(startMs - 60_000);
    expect(Date.parse(event?.startedAt ?? '')).toBeLessThan(startMs - 50_000);
  });
});

describe('refuses', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'sms'],
    ['no provider', { usage: {} }],
    ['a quantity that is no number', { ...SMS, usage: { requests: '1' } }],
    ['a negative quantity', { ...SMS, usage: { requests: -1 } }],
    ['a quantity without end', { ...SMS, usage: { requests: Infinity } }],
    ['half a token', { ...SMS, usage: { input: 0.5 } }],
    ['a quantity without a name', { ...SMS, usage: { '': 1 } }],
    ['usage that is a list', { ...SMS, usage: [1] }],
    ['a cost with a sign', { ...SMS, costUsd: '$1' }],
    ['a negative cost', { ...SMS, costUsd: -1 }],
    ['a cost that is no number', { ...SMS, costUsd: Number.NaN }],
    ['a cost beyond all measure', { ...SMS, costUsd: 1e21 }],
    ['a cost of another type', { ...SMS, costUsd: 1n }],
    ['a cost with an exponent', { ...SMS, costUsd: '1e-5' }],
    ['a cost that begins with noughts without end', { ...SMS, costUsd: `${'0'.repeat(70)}1` }],
    ['a cost a little beyond measure', { ...SMS, costUsd: '1000000.01' }],
    [
      'a getter that throws',
      {
        ...SMS,
        get usage(): never {
          throw new Error('not loaded');
        },
      },
    ],
  ])('%s is counted as lost and never thrown', async (_what, call) => {
    const events = recordEvents();
    const before = stats();
    expect(() => trackAnything(call)).not.toThrow();
    expect(await events()).toEqual([]);
    expect(stats().captured - before.captured).toBe(1);
    expect((stats().lost['invalid'] ?? 0) - (before.lost['invalid'] ?? 0)).toBe(1);
  });

  test.each([
    Symbol('now'),
    1n,
    new Date(Number.NaN),
    {
      valueOf() {
        throw new Error('not loaded');
      },
    },
  ])('a start that is no time (%o) is now', async (startedAt) => {
    const events = recordEvents();
    const startMs = Date.now();
    trackAnything({ ...SMS, startedAt });
    const [event] = await events();
    expect(Date.parse(event?.startedAt ?? '')).toBeGreaterThanOrEqual(startMs);
  });

  test('a duration of more than a year is none', async () => {
    const events = recordEvents();
    for (const durationMs of [1e15, 1e11, Infinity, '5', 1e9]) trackAnything({ ...SMS, durationMs });
    expect((await events()).map((event) => event.durationMs)).toEqual([undefined, undefined, undefined, undefined, 1e9]);
  });

  test('quantities are read once, whatever class they are of', async () => {
    const events = recordEvents();
    let reads = 0;
    class Used {
      input = 5;
      output = null;
      reasoning = undefined;
      toJSON(): unknown {
        return { other: 'x' };
      }
    }
    trackAnything({ ...SMS, usage: new Used() });
    trackAnything({
      ...SMS,
      usage: {
        get requests(): number {
          reads += 1;
          return reads === 1 ? 1 : Number.NaN;
        },
      },
    });
    expect((await events()).map((event) => event.usage)).toEqual([{ input: 5 }, { requests: 1 }]);
  });

  test('what does not decide the cost is made to fit', async () => {
    const events = recordEvents();
    trackAnything({
      ...SMS,
      operation: '',
      kind: 'section',
      startedAt: 'yesterday',
      durationMs: -5,
      customer: {},
      tags: 7,
      id: {},
      usage: null,
    });
    const [event] = await events();
    expect(event).toMatchObject({ kind: 'custom', operation: 'custom' });
    expect(event).not.toHaveProperty('usage');
    expect(event).not.toHaveProperty('reportedCostUsd');
    expect(event).not.toHaveProperty('durationMs');
    expect(parseCostEvent(event, Date.now())).not.toHaveProperty('problems');
  });
});

describe('protects', () => {
  test('a call told of while nothing is captured is not counted', async () => {
    const events = recordEvents();
    const { liveEngine } = await import('../../src/init.ts');
    liveEngine().configure({ enabled: false });
    const before = stats();
    track(SMS);
    trackAnything(undefined);
    expect(stats()).toEqual(before);
    expect(await events()).toEqual([]);
  });

  test('whatever it is given, nothing is thrown, one call is counted, and what is sent can be taken', async () => {
    const events = recordEvents();
    const odd = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, withObjectString: true });
    const call = fc.record(
      {
        provider: fc.oneof(fc.constant('x'), odd),
        usage: fc.oneof(fc.dictionary(fc.string(), fc.oneof(fc.double(), fc.nat()), { maxKeys: 5 }), odd),
        costUsd: fc.oneof(fc.double(), fc.string(), odd),
        kind: fc.oneof(fc.constantFrom(...EVENT_KINDS), odd),
        ...Object.fromEntries(['operation', 'model', 'durationMs', 'customer', 'tags', 'id'].map((member) => [member, odd])),
      },
      { requiredKeys: [] },
    );
    const before = stats();
    let told = 0;
    const tell = (given: unknown): void => {
      told += 1;
      expect(() => trackAnything(given)).not.toThrow();
    };
    fc.assert(fc.property(fc.oneof(odd, call, call), tell), { numRuns: 500 });
    const sent = await events();
    const { captured, lost } = stats();
    expect(captured - before.captured).toBe(told);
    expect(sent.length + (lost['invalid'] ?? 0) - (before.lost['invalid'] ?? 0)).toBe(told);
    expect(sent.length).toBeGreaterThan(10);
    for (const event of sent) expect(parseCostEvent(event, Date.now())).not.toHaveProperty('problems');
  });

  test('every usage key is typed, and others may be given', () => {
    const call: TrackedCall = { ...SMS, usage: { computeUnits: 2, gpuSeconds: 3.5 } };
    expect(call.usage['gpuSeconds']).toBe(3.5);
  });
});
