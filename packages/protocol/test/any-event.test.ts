import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EVENT_KINDS, parseCostEvent, type ParseResult } from '../src/index.ts';
import { FIXTURE_NOW_MS, SOUND_EVENT } from './fixtures.ts';

const parse = (event: unknown): ParseResult => parseCostEvent(event, FIXTURE_NOW_MS);
const hostileText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\u0000', '\ud800', '\ud801', '__proto__', 'constructor', 'toJSON'),
);
const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSparseArray: true,
  key: hostileText,
});
const json = fc.jsonValue({ stringUnit: 'binary' });

/** Mostly sound members beside anything at all, so that every reader is reached. */
const event = fc.record(
  {
    id: fc.oneof(fc.constant(SOUND_EVENT.id), fc.uuid(), anything),
    kind: fc.oneof(fc.constantFrom(...EVENT_KINDS), anything),
    provider: fc.oneof(fc.constant('openai'), hostileText),
    startedAt: fc.oneof(fc.constant(SOUND_EVENT.startedAt), anything),
    model: fc.oneof(fc.constant('gpt-4o'), hostileText),
    usage: fc.oneof(fc.dictionary(hostileText, fc.oneof(fc.double(), fc.nat(), anything)), anything),
    tags: fc.oneof(fc.dictionary(hostileText, hostileText), anything),
    attributes: fc.oneof(fc.dictionary(hostileText, json), anything),
    durationMs: fc.oneof(fc.double(), anything),
    error: fc.oneof(fc.record({ code: hostileText, httpStatus: fc.double() }, { requiredKeys: [] }), anything),
    reportedCostUsd: fc.oneof(fc.constantFrom('0.1', '1e3', '-0', '9'.repeat(64)), anything),
    section: hostileText,
  },
  { requiredKeys: ['id', 'kind', 'provider', 'startedAt'] },
);

describe('any event', () => {
  test('is taken or refused with a reason, never thrown at', () => {
    fc.assert(
      fc.property(fc.oneof(event, anything), (sent) => {
        const outcome = parse(sent);
        if ('problems' in outcome) expect(outcome.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  test('that was taken is taken again, unchanged', () => {
    fc.assert(
      fc.property(event, (sent) => {
        const once = parse(sent);
        if ('event' in once) expect(parse(once.event)).toEqual({ event: once.event, isRepaired: false });
      }),
      { numRuns: 500 },
    );
  });

  test('gets the same answer whatever order its members were written in', () => {
    fc.assert(
      fc.property(event, (sent) => {
        expect(parse(reversed(sent))).toEqual(parse(sent));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the order of members decides nothing', () => {
  test('not which problem is told first', () => {
    const [one, other] = [
      { input: -1, '': 1 },
      { '': 1, input: -1 },
    ].map((usage) => parse({ ...SOUND_EVENT, usage }));
    expect(one).toEqual(other);
  });

  test('not which of two names is kept that repair makes alike', () => {
    const tags = [
      { '\ud800': 'a', '\ud801': 'b' },
      { '\ud801': 'b', '\ud800': 'a' },
    ];
    for (const member of ['tags', 'attributes']) {
      const [one, other] = tags.map((map) => parse({ ...SOUND_EVENT, [member]: map }));
      expect(one).toEqual(other);
      expect(one).toHaveProperty(['event', member, '\uFFFD'], 'b');
    }
  });
});

test.each([
  ['a function', () => 1],
  ['a symbol', Symbol('attributes')],
  ['a bigint', 5n],
])('attributes that are %s are refused', (_what, attributes) => {
  expect(parse({ ...SOUND_EVENT, attributes })).toMatchObject({ problems: [{ code: 'invalid_type', path: 'attributes' }] });
});

test('attributes that hold what JSON cannot say, or want to write themselves, are kept without it', () => {
  const toJSON = (): never => {
    throw new Error('asked to turn itself into JSON');
  };
  expect(parse({ ...SOUND_EVENT, attributes: { big: 5n, toJSON } })).toMatchObject({ event: { attributes: { big: null, toJSON: null } } });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reversed(member)]),
  );
}

function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}
