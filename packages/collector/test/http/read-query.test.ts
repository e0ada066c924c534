import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { readCursor, writeCursor } from '../../src/http/page-cursor.ts';
import { rangeBefore, readCostQuestion } from '../../src/http/read-cost-question.ts';
import { readFilters, readGroupBy, readRange } from '../../src/http/read-query.ts';
import { addDays } from '../../src/queries/index.ts';
import { ProblemError } from '../../src/services/index.ts';

const NOW_MS = Date.UTC(2026, 10, 20, 12);

function ask(query: string, timeZone = 'UTC') {
  return readCostQuestion(new URLSearchParams(query), { timeZone, nowMs: NOW_MS });
}

describe('a question about costs', () => {
  test('of nothing is one group over the last 30 days', () => {
    expect(ask('')).toEqual({
      range: { fromMs: NOW_MS - 30 * 86_400_000, toMs: NOW_MS },
      previous: undefined,
      timeZone: 'UTC',
      groupBy: [],
      interval: undefined,
      filters: [],
      limit: 50,
    });
  });

  test.each([
    ['from=2026-11-01', '2026-11-01T00:00:00.000Z', '2026-11-20T12:00:00.000Z'],
    ['to=2026-11-01', '2026-10-02T00:00:00.000Z', '2026-11-01T00:00:00.000Z'],
    ['from=2026-11-01T00:00:00Z&to=2026-11-02', '2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'],
    // A plus sign that nobody encoded arrives as a space.
    ['from=2026-11-01T01:00:00+01:00&to=2026-11-02', '2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'],
    ['from=1970-01-01&to=9999-12-31', '1970-01-01T00:00:00.000Z', '9999-12-31T00:00:00.000Z'],
    ['from=2027-01-01&to=2027-01-02', '2027-01-01T00:00:00.000Z', '2027-01-02T00:00:00.000Z'],
  ])('%s asks from %s to %s', (query, from, to) => {
    const { fromMs, toMs } = ask(query).range;
    expect([new Date(fromMs).toISOString(), new Date(toMs).toISOString()]).toEqual([from, to]);
  });

  test('of all time may be asked east of Greenwich, where 1970 began earlier, and compared', () => {
    const { range, previous } = ask('from=1970-01-01&to=9999-12-31&compare=previous', 'Asia/Tokyo');
    expect(range.fromMs).toBe(-9 * 3_600_000);
    expect(previous?.fromMs).toBe(-86_400_000);
  });

  test.each([
    ['from', 'from=2026-11-19&from=2026-01-01'],
    ['groupBy', 'groupBy=customer&groupBy=model'],
    ['from', 'from=0001-01-01T00:00:00Z'],
    ['from', 'from=0000-01-01T00:00:00%2B12:00'],
    ['to', 'to=9999-12-31T23:59:59-12:00'],
    ['filter', 'filter=acme'],
    ['filter[]', 'filter[]=acme'],
    ['filters[customer]', 'filters[customer]=acme'],
    ['filter[tag:t16]', Array.from({ length: 17 }, (_, index) => `filter[tag:t${index}]=`).join('&')],
  ])('with a %s that is told apart from no question is refused by name: %s', (parameter, query) => {
    expect(() => ask(query)).toThrow(expect.objectContaining({ code: 'invalid_query', extra: { parameter } }));
  });

  test.each(['utc', 'Etc/UTC', 'GMT'])('takes %s for the zone that it is, also for a long range', (name) => {
    expect(ask(`timeZone=${name}&from=2026-01-01&interval=day`).range.fromMs).toBe(Date.UTC(2026, 0, 1));
  });

  test('never leads to anything but a question or a problem that names a parameter', () => {
    const names = [
      'from',
      'to',
      'timeZone',
      'groupBy',
      'interval',
      'compare',
      'limit',
      'filter[customer]',
      'filter[tag:x]',
      'filter[]',
      'x',
    ];
    const values = fc.oneof(
      fc.constantFrom(
        '2026-11-20',
        '2026-11-20T00:00:00Z',
        'UTC',
        'Asia/Kolkata',
        'customer',
        'customer,model',
        'day',
        'hour',
        'previous',
        '7',
        '1e9',
        '-1',
        '',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...names), values), { maxLength: 6 }), (pairs) => {
        try {
          const { range, limit, groupBy } = ask(new URLSearchParams(pairs).toString(), 'Europe/Berlin');
          expect(range.fromMs).toBeLessThan(range.toMs);
          expect(limit >= 1 && limit <= 1000 && groupBy.length <= 2).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError);
          expect(error).toMatchObject({ status: 400, extra: { parameter: expect.any(String) } });
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the range before', () => {
  test.each([
    ['2026-11-04', '2026-11-07', 'UTC', '2026-11-01T00:00:00.000Z'],
    // The day in between has 25 hours.
    ['2026-10-26', '2026-10-27', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
    ['2026-03-30', '2026-03-31', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-11-04T01:00:00Z', '2026-11-04T04:00:00Z', 'UTC', '2026-11-03T22:00:00.000Z'],
  ])('of %s to %s in %s begins at %s', (from, to, timeZone, begins) => {
    const range = readRange({ from, to }, timeZone, NOW_MS);
    expect(new Date(rangeBefore(range, timeZone).fromMs).toISOString()).toBe(begins);
    expect(rangeBefore(range, timeZone).toMs).toBe(range.fromMs);
  });

  test('of whole days has as many days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 1, max: 60 }), (first, days) => {
        const start = readRange({ from: '2024-01-01', to: '2024-01-02' }, 'America/New_York', NOW_MS).fromMs;
        const fromMs = addDays(start, first, 'America/New_York');
        const range = { fromMs, toMs: addDays(fromMs, days, 'America/New_York') };
        expect(addDays(rangeBefore(range, 'America/New_York').fromMs, days, 'America/New_York')).toBe(fromMs);
      }),
    );
  });
});

describe('dimensions', () => {
  test('any tag is one, by its name to the end', () => {
    expect(readGroupBy('tag:a:b,customer')).toEqual(['tag:a:b', 'customer']);
    expect(readFilters(new URLSearchParams('filter[tag:x]=1&filter[tag:x]=&filter[user]=u'))).toEqual([
      { dimension: 'tag:x', values: ['1', null] },
      { dimension: 'user', values: ['u'] },
    ]);
  });

  test.each(['__proto__', 'constructor', 'Customer', ' customer', 'tag', 'tag:'])('%s is none', (name) => {
    expect(() => readGroupBy(name)).toThrow(ProblemError);
  });

  test('more than 200 values of a filter are refused', () => {
    const params = new URLSearchParams(Array.from({ length: 201 }, (_, index): [string, string] => ['filter[user]', String(index)]));
    expect(() => readFilters(params)).toThrow('200 times');
  });
});

describe('a cursor', () => {
  const position = z.object({ id: z.string(), atMs: z.number() });

  test('comes back as it was written', () => {
    fc.assert(
      fc.property(fc.record({ id: fc.string({ maxLength: 200 }), atMs: fc.integer() }), (written) => {
        expect(readCursor(position, writeCursor(written))).toEqual(written);
      }),
    );
    expect(readCursor(position, undefined)).toBeUndefined();
  });

  test.each(['', 'x', '%', writeCursor({ id: 1 }), writeCursor(null), 'A'.repeat(3_000)])('%s is refused by name', (cursor) => {
    expect(() => readCursor(position, cursor)).toThrow(expect.objectContaining({ code: 'invalid_query', extra: { parameter: 'cursor' } }));
  });
});
