import { describe, expect, test } from 'vitest';
import { MAX_EVENT_DEPTH, MAX_EVENT_KEYS, parseCostEvent } from '../src/index.ts';
import { FIXTURE_NOW_MS, readFixture, SOUND_EVENT, type AcceptedFixture, type RefusedFixture } from './fixtures.ts';

const parse = (event: unknown) => parseCostEvent(event, FIXTURE_NOW_MS);
const accepted = readFixture('accepted-events') as AcceptedFixture[];
const refused = readFixture('refused-events') as RefusedFixture[];

describe('accepts', () => {
  test.each(accepted)('$name', ({ sent, parsed }) => {
    expect(parse(sent)).toEqual({ event: parsed, isRepaired: false });
  });

  test('what it made itself, unchanged', () => {
    for (const { sent } of accepted) {
      const once = parse(sent);
      expect('event' in once && parse(once.event)).toEqual(once);
    }
  });

  test('names of 200 characters, an emoji counting as one', () => {
    expect(parse({ ...SOUND_EVENT, customer: '🦊'.repeat(200) })).toHaveProperty('event');
  });

  test('a leap second as the last millisecond before it', () => {
    expect(parse({ ...SOUND_EVENT, startedAt: '2016-12-31T23:59:60Z' })).toHaveProperty('problems.0.code', 'out_of_range');
    expect(parse({ ...SOUND_EVENT, startedAt: '2026-06-30T23:59:60.5Z' })).toHaveProperty('event.startedAt', '2026-06-30T23:59:59.999Z');
  });
});

describe('refuses', () => {
  test.each(refused)('$name', ({ change, code }) => {
    expect(parse({ ...SOUND_EVENT, ...change })).toMatchObject({ problems: [{ code }] });
  });

  test.each([undefined, null, 1, 'event', [], [SOUND_EVENT]])('%j, which is no object', (value) => {
    expect(parse(value)).toEqual({ problems: [{ code: 'invalid_type', path: '', detail: 'an event must be an object' }] });
  });

  test('numbers JSON cannot hold', () => {
    const overflown: unknown = JSON.parse('{"input":1e309}');
    expect(parse({ ...SOUND_EVENT, usage: overflown })).toMatchObject({ problems: [{ code: 'invalid_number', path: 'usage.input' }] });
  });

  test('names over 200 characters, and parts of a section over 200', () => {
    const long = 'x'.repeat(201);
    expect(parse({ ...SOUND_EVENT, customer: long })).toMatchObject({ problems: [{ code: 'too_long', path: 'customer' }] });
    expect(parse({ ...SOUND_EVENT, section: `agent:a/${long}` })).toMatchObject({ problems: [{ code: 'too_long', path: 'section' }] });
    expect(parse({ ...SOUND_EVENT, section: 'agent:a/'.repeat(20) + 'end' })).toHaveProperty('event');
  });

  test('nesting deeper than the bound, and only then', () => {
    expect(parse({ ...SOUND_EVENT, attributes: nested(MAX_EVENT_DEPTH) })).toHaveProperty('event');
    expect(parse({ ...SOUND_EVENT, attributes: nested(MAX_EVENT_DEPTH + 1) })).toMatchObject({ problems: [{ code: 'too_deep' }] });
  });

  test('a hostile depth without running out of stack', () => {
    const bottomless: unknown = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000));
    expect(parse({ ...SOUND_EVENT, attributes: { bottomless } })).toMatchObject({ problems: [{ code: 'too_deep' }] });
  });

  test('more keys than the bound, and only then', () => {
    expect(parse({ ...SOUND_EVENT, attributes: keys(MAX_EVENT_KEYS) })).toHaveProperty('event');
    expect(parse({ ...SOUND_EVENT, attributes: keys(MAX_EVENT_KEYS + 1) })).toMatchObject({ problems: [{ code: 'too_large' }] });
  });

  test('attributes over 64 kB', () => {
    expect(parse({ ...SOUND_EVENT, attributes: { text: 'x'.repeat(64_001) } })).toMatchObject({ problems: [{ code: 'too_large' }] });
  });

  test('everything wrong at once, and says all of it', () => {
    const outcome = parse({ id: 'x', kind: 'llm', usage: { input: -1 }, tags: 7 });
    expect('problems' in outcome && outcome.problems.map((problem) => problem.path)).toEqual(
      expect.arrayContaining(['id', 'provider', 'startedAt', 'model', 'usage.input', 'tags']),
    );
  });
});

describe('protects', () => {
  test('keys with a meaning to JavaScript are plain data', () => {
    const hostile: unknown = JSON.parse('{"__proto__":1,"constructor":2,"toString":3}');
    const outcome = parse({ ...SOUND_EVENT, usage: hostile, attributes: hostile });
    expect('event' in outcome && JSON.stringify(outcome.event.usage)).toBe('{"__proto__":1,"constructor":2,"toString":3}');
    expect('event' in outcome && JSON.stringify(outcome.event.attributes)).toBe('{"__proto__":1,"constructor":2,"toString":3}');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('members of the prototype are not members of the event', () => {
    const inherited: unknown = Object.create({ ...SOUND_EVENT });
    expect(parse(inherited)).toHaveProperty('problems');
  });

  test('texts no database can store are repaired and flagged', () => {
    const outcome = parse({ ...SOUND_EVENT, tags: { note: 'a\u0000b' }, attributes: { '\ud800': ['\udc00'] } });
    expect(outcome).toMatchObject({ isRepaired: true, event: { tags: { note: 'a\uFFFDb' }, attributes: { '\uFFFD': ['\uFFFD'] } } });
  });

  test('a lone surrogate in an identifier is repaired too', () => {
    expect(parse({ ...SOUND_EVENT, customer: 'a\ud800' })).toMatchObject({ isRepaired: true, event: { customer: 'a\uFFFD' } });
  });
});

function nested(levels: number): object {
  let inner: object = {};
  for (let level = 1; level < levels; level += 1) inner = { inner };
  return inner;
}

function keys(count: number): object {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, index]));
}
