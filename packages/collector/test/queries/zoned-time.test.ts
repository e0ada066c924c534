import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeBuckets, countBucketsAtMost } from '../../src/queries/time-buckets.ts';
import { addDays, dayAt, isStartOfDay, isTimeZone, startOfDay, startOfInterval } from '../../src/queries/zoned-time.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Australia/Lord_Howe',
  'America/Havana',
  'Africa/Cairo',
];
const INTERVALS = ['hour', 'day', 'week', 'month'] as const;

const zone = fc.constantFrom(...ZONES);
const instantMs = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) });

describe('a day', () => {
  test.each([
    ['Europe/Berlin', 2026, 3, 29, '2026-03-28T23:00:00.000Z'],
    ['Europe/Berlin', 2026, 10, 26, '2026-10-25T23:00:00.000Z'],
    ['Asia/Kolkata', 2026, 11, 20, '2026-11-19T18:30:00.000Z'],
    ['Pacific/Kiritimati', 2026, 1, 1, '2025-12-31T10:00:00.000Z'],
    // Midnight is skipped: the day begins at 01:00, which is this instant.
    ['Africa/Cairo', 2026, 4, 24, '2026-04-23T22:00:00.000Z'],
    // Midnight comes twice: the day begins with the first.
    ['America/Havana', 2026, 11, 1, '2026-11-01T04:00:00.000Z'],
  ])('in %s, %i-%i-%i begins at %s %s', (timeZone, year, month, day, begins) => {
    expect(new Date(startOfDay({ year, month: month - 1, day }, timeZone)).toISOString()).toBe(begins);
  });

  test('begins at or before each of its instants, and the next one after it', () => {
    fc.assert(
      fc.property(instantMs, zone, (atMs, timeZone) => {
        const day = dayAt(atMs, timeZone);
        const startMs = startOfDay(day, timeZone);
        expect(startMs).toBeLessThanOrEqual(atMs);
        expect(startOfDay({ ...day, day: day.day + 1 }, timeZone)).toBeGreaterThan(atMs);
        expect(dayAt(startMs, timeZone)).toEqual(day);
        expect(isStartOfDay(startMs, timeZone)).toBe(true);
      }),
    );
  });

  test('a day later is the same time of day, across a change of the clock', () => {
    expect(new Date(addDays(Date.parse('2026-10-24T22:00:00Z'), 1, 'Europe/Berlin')).toISOString()).toBe('2026-10-25T23:00:00.000Z');
  });
});

describe('buckets', () => {
  test('cover the range without gap or overlap, each at its own start', () => {
    fc.assert(
      fc.property(
        instantMs,
        fc.integer({ min: 1, max: 90 * 24 * 3_600_000 }),
        zone,
        fc.constantFrom(...INTERVALS),
        (fromMs, lengthMs, timeZone, interval) => {
          const range = { fromMs, toMs: fromMs + lengthMs };
          const starts = timeBuckets(range, interval, timeZone);
          expect(starts[0]).toBeLessThanOrEqual(fromMs);
          expect(starts.at(-1)).toBeLessThan(range.toMs);
          expect(starts.length).toBeLessThanOrEqual(countBucketsAtMost(range, interval));
          for (const [index, startMs] of starts.entries()) {
            expect(startOfInterval(startMs, interval, timeZone)).toBe(startMs);
            expect(startMs).toBeGreaterThan(starts[index - 1] ?? -Infinity);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('hours', () => {
  test.each([
    ['set back by half an hour', '2026-04-04T13:00:00Z', '2026-04-05T13:30:00Z', 25],
    ['put on by half an hour', '2026-10-03T13:30:00Z', '2026-10-04T13:00:00Z', 24],
  ])('of a day whose clock is %s follow each other, the last one short', (_change, from, to, count) => {
    const starts = timeBuckets({ fromMs: Date.parse(from), toMs: Date.parse(to) }, 'hour', 'Australia/Lord_Howe');
    expect(starts).toHaveLength(count);
    expect(starts.slice(1).map((startMs, index) => startMs - (starts[index] ?? 0))).toEqual(Array(count - 1).fill(3_600_000));
    expect(Date.parse(to) - (starts.at(-1) ?? 0)).toBe(1_800_000);
  });

  test('begin at whole hours of the local clock, wherever the clock moves by whole hours', () => {
    const wholeHours = zone.filter((timeZone) => timeZone !== 'Australia/Lord_Howe');
    fc.assert(
      fc.property(instantMs, wholeHours, (atMs, timeZone) => {
        const startMs = startOfInterval(atMs, 'hour', timeZone);
        const minute = new Intl.DateTimeFormat('en-US', { timeZone, minute: 'numeric' }).format(startMs);
        expect(Number(minute)).toBe(0);
        expect(atMs - startMs).toBeLessThan(3_600_000);
      }),
    );
  });
});

describe('a name', () => {
  test.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])('%s is a time zone', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  test.each(['', '+05:00', 'Mars/Olympus', "UTC'; DROP", 'Europe/../etc'])('%s is none', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});
