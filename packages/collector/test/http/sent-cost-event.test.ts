import { EVENT_KINDS, parseCostEvent, USAGE_KEYS } from '@llmobserve/protocol';
import { makeEvent } from '@llmobserve/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sentCostEvent } from '../../src/http/schemas/sent-batch.ts';

const NOW_MS = Date.UTC(2026, 10, 20, 12);
const schema = sentCostEvent(NOW_MS);

function verdicts(value: unknown): { readonly bySchema: boolean; readonly byParser: boolean } {
  return { bySchema: schema.safeParse(value).success, byParser: 'event' in parseCostEvent(value, NOW_MS) };
}

const oddText = fc.oneof(
  fc.constantFrom(
    '',
    'a\u0000b',
    'line\nbreak',
    '\uD800',
    'x'.repeat(200),
    'x'.repeat(201),
    '😀'.repeat(200),
    '😀'.repeat(201),
    '__proto__',
  ),
  fc.string(),
);
const oddNumber = fc.oneof(fc.constantFrom(0, -0, -1, 0.5, 1, 1e12, 1e12 + 1, Number.NaN, Infinity, 1e309), fc.double());
const oddTime = fc.constantFrom(
  '2026-11-20T12:00:00.000Z',
  '2026-11-20T12:00:00+01:00',
  '2026-11-21T12:00:00.001Z',
  '2026-11-21T12:00:00Z',
  '2019-12-31T23:59:59.999Z',
  '2020-01-01T00:00:00Z',
  '2026-11-20T12:00:00',
  '2026-02-30T12:00:00Z',
  '2026-11-20T12:00:00.1234567890Z',
);
const oddMap = fc.dictionary(
  fc.oneof(fc.constantFrom(...USAGE_KEYS, '__proto__', 'constructor', ''), fc.string({ maxLength: 5 })),
  fc.oneof(oddNumber, oddText, fc.constant(null)),
  {
    noNullPrototype: true,
  },
);
const odd = fc.oneof(
  oddText,
  oddNumber,
  oddTime,
  oddMap,
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.jsonValue(),
  fc.constant('0af7651916cd43dd8448eb211c80319c'),
  fc.constant('0123456789ABCDEF'),
  fc.constantFrom(...EVENT_KINDS),
  fc.constantFrom('0.0123', '1000000', '1000000.000000000001', '-1', '1e3'),
);

const MEMBERS = [
  'id',
  'kind',
  'provider',
  'startedAt',
  'model',
  'requestedModel',
  'operation',
  'traceId',
  'spanId',
  'parentSpanId',
  'durationMs',
  'firstTokenMs',
  'status',
  'error',
  'attempts',
  'responseId',
  'streamed',
  'usage',
  'usageQuality',
  'serviceTier',
  'region',
  'cacheHit',
  'reportedCostUsd',
  'customer',
  'user',
  'session',
  'run',
  'section',
  'environment',
  'release',
  'tags',
  'attributes',
  'somethingElse',
];

const valid = fc.record(
  {
    kind: fc.constantFrom(...EVENT_KINDS),
    startedAt: fc.constantFrom('2026-11-20T12:00:00.000Z', '2020-01-01T00:00:00+00:00'),
    usage: fc.dictionary(fc.constantFrom(...USAGE_KEYS), fc.nat()),
    tags: fc.dictionary(fc.string({ minLength: 1, maxLength: 5, unit: 'grapheme-ascii' }), fc.string({ maxLength: 20 })),
    section: fc.constantFrom('a', 'agent:a/tool:b', 'x'.repeat(200)),
    error: fc.record({ code: fc.constant('rate_limit'), httpStatus: fc.nat(599) }, { requiredKeys: [] }),
    status: fc.constantFrom('ok', 'error', 'cancelled', null),
  },
  { requiredKeys: [] },
);

describe('the schema of an event and its parser', () => {
  test('both take every event that is made to be taken', () => {
    fc.assert(
      fc.property(valid, (members) => {
        expect(verdicts({ ...makeEvent(), startedAt: '2026-11-20T12:00:00.000Z', ...members })).toEqual({ bySchema: true, byParser: true });
      }),
    );
  });

  test('say the same of an event with any member made odd', () => {
    const base = { ...makeEvent(), startedAt: '2026-11-20T12:00:00.000Z' };
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...MEMBERS), odd), { minLength: 1, maxLength: 3 }), (changes) => {
        const { bySchema, byParser } = verdicts({ ...base, ...Object.fromEntries(changes) });
        expect(bySchema).toBe(byParser);
      }),
      { numRuns: 3_000 },
    );
  });

  test('say the same of an event of which members are missing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EVENT_KINDS), fc.subarray([...MEMBERS]), (kind, kept) => {
        const event = { ...makeEvent({ kind }), startedAt: '2026-11-20T12:00:00.000Z' };
        const { bySchema, byParser } = verdicts(Object.fromEntries(Object.entries(event).filter(([name]) => kept.includes(name))));
        expect(bySchema).toBe(byParser);
      }),
    );
  });

  test('say the same at every bound of depth, keys and bytes', () => {
    const nested = (depth: number): unknown => Array.from({ length: depth }).reduce<unknown>((inner) => ({ a: inner }), 1);
    const wide = (keys: number): unknown => Object.fromEntries(Array.from({ length: keys }, (_, index) => [`k${index}`, 1]));
    const oddities = [
      ...[30, 31, 32, 33, 1000].map((depth) => ({ attributes: nested(depth) })),
      ...[252, 253, 254, 255, 256, 257].flatMap((keys) => [{ attributes: wide(keys) }, { somethingElse: wide(keys) }]),
      ...[63_900, 63_990, 64_000, 64_010].map((length) => ({ attributes: { a: 'ü'.repeat(length / 2) } })),
    ];
    for (const change of oddities) {
      const { bySchema, byParser } = verdicts({ ...makeEvent(), startedAt: '2026-11-20T12:00:00.000Z', ...change });
      expect(bySchema).toBe(byParser);
    }
  });

  test.each([undefined, null, 7, 'event', [], [makeEvent()], {}])('refuse %j', (value) => {
    expect(verdicts(value)).toEqual({ bySchema: false, byParser: false });
  });
});
