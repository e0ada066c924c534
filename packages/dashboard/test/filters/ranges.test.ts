import fc from 'fast-check';
import { expect, test } from 'vitest';

import { bucketKey, listBuckets } from '../../src/filters/list-buckets.ts';
import { boundsMs, previousRange, resolveRange } from '../../src/filters/resolve-range.ts';
import { addDays, startOfDayMs } from '../../src/filters/zoned-day.ts';

const NOW_MS = Date.parse('2026-11-20T09:47:00Z');
const HOUR_MS = 3_600_000;
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'] as const;

test('30 days end with today and are named with it', () => {
  const range = resolveRange({ preset: '30d' }, NOW_MS, 'UTC');
  expect(range).toEqual({
    from: '2026-10-22',
    to: '2026-11-21',
    interval: 'day',
    timeZone: 'UTC',
    label: '22 Oct – 20 Nov',
    shortLabel: 'Last 30 days',
  });
});

test.each([
  ['7d', '2026-11-14', 7],
  ['30d', '2026-10-22', 30],
  ['90d', '2026-08-23', 90],
  ['month', '2026-11-01', 20],
] as const)('%s starts on %s and has %i bars', (preset, from, bars) => {
  const range = resolveRange({ preset }, NOW_MS, 'UTC');
  const buckets = listBuckets(range, NOW_MS);
  expect(range.from).toBe(from);
  expect(buckets).toHaveLength(bars);
  expect(buckets.at(-1)).toMatchObject({ key: '2026-11-20', isCurrent: true });
});

test('today is the day of the workspace, not of the browser', () => {
  const lateMs = Date.parse('2026-11-20T23:30:00Z');
  expect(resolveRange({ preset: '7d' }, lateMs, 'Europe/Berlin').to).toBe('2026-11-22');
  expect(resolveRange({ preset: '7d' }, lateMs, 'America/New_York').to).toBe('2026-11-21');
});

test('24 hours are full hours up to the running one', () => {
  const range = resolveRange({ preset: '24h' }, NOW_MS, 'UTC');
  const buckets = listBuckets(range, NOW_MS);
  expect([range.from, range.to]).toEqual(['2026-11-19T10:00:00.000Z', '2026-11-20T10:00:00.000Z']);
  expect(buckets).toHaveLength(24);
  expect(buckets[0]).toMatchObject({ label: '10:00', title: 'Thu 19 Nov, 10:00', isCurrent: false });
  expect(buckets.at(-1)).toMatchObject({ label: '09:00', isCurrent: true });
});

test('a custom range counts both its days, and chooses bars that can be told apart', () => {
  const range = (firstDay: string, lastDay: string) => resolveRange({ firstDay, lastDay }, NOW_MS, 'UTC');
  expect(range('2026-11-03', '2026-11-03')).toMatchObject({ to: '2026-11-04', interval: 'hour', label: '3 Nov 2026' });
  expect(range('2026-11-01', '2026-11-10').interval).toBe('day');
  expect(range('2026-01-01', '2026-11-10').interval).toBe('week');
  expect(range('2022-01-01', '2026-11-10').interval).toBe('month');
  expect(range('2025-12-30', '2026-01-02').label).toBe('30 Dec 2025 – 2 Jan 2026');
});

test('a day of a clock change has 23 or 25 hours', () => {
  const hours = (day: string): number => listBuckets(resolveRange({ firstDay: day, lastDay: day }, NOW_MS, 'Europe/Berlin'), NOW_MS).length;
  expect(hours('2026-03-28')).toBe(24);
  expect(hours('2026-03-29')).toBe(23);
  expect(hours('2026-10-25')).toBe(25);
});

test('a month with a clock change still has a bar for each day', () => {
  const range = resolveRange({ firstDay: '2026-10-01', lastDay: '2026-10-31' }, NOW_MS, 'Europe/Berlin');
  expect(listBuckets(range, NOW_MS).map((bucket) => bucket.key)).toEqual(
    Array.from({ length: 31 }, (_, index) => addDays('2026-10-01', index)),
  );
});

test('weeks begin on the Monday before the range, months on their first', () => {
  const weeks = listBuckets(resolveRange({ firstDay: '2026-01-01', lastDay: '2026-06-30' }, NOW_MS, 'UTC'), NOW_MS);
  expect(weeks[0]).toMatchObject({ key: '2025-12-29', title: 'Week of 29 Dec 2025' });
  const months = listBuckets(resolveRange({ firstDay: '2023-01-15', lastDay: '2026-02-02' }, NOW_MS, 'UTC'), NOW_MS);
  expect(months).toHaveLength(38);
  expect(months.at(-1)).toMatchObject({ key: '2026-02-01', label: 'Feb 2026' });
});

test('the period before is as long and ends where the range begins', () => {
  expect(previousRange(resolveRange({ preset: '30d' }, NOW_MS, 'UTC'))).toMatchObject({ from: '2026-09-22', to: '2026-10-22' });
  const hours = previousRange(resolveRange({ preset: '24h' }, NOW_MS, 'UTC'));
  expect([hours.from, hours.to]).toEqual(['2026-11-18T10:00:00.000Z', '2026-11-19T10:00:00.000Z']);
});

test('bounds of days are the midnights of the zone', () => {
  const range = resolveRange({ preset: '7d' }, NOW_MS, 'America/New_York');
  expect(boundsMs(range)).toEqual({
    fromMs: startOfDayMs('2026-11-14', 'America/New_York'),
    toMs: startOfDayMs('2026-11-21', 'America/New_York'),
  });
});

test('every instant of a range has exactly one bar, whatever the zone', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2000 }),
      fc.integer({ min: 0, max: 300 }),
      fc.constantFrom(...ZONES),
      fc.double({ min: 0, max: 0.999_999, noNaN: true }),
      (offset, length, timeZone, place) => {
        const firstDay = addDays('2022-01-01', offset);
        const range = resolveRange({ firstDay, lastDay: addDays(firstDay, length) }, NOW_MS, timeZone);
        const { fromMs, toMs } = boundsMs(range);
        const keys = listBuckets(range, NOW_MS).map((bucket) => bucket.key);
        const instantMs = Math.floor(fromMs + place * (toMs - fromMs));
        expect(keys.filter((key) => key === bucketKey(instantMs, range))).toHaveLength(1);
        expect(new Set(keys).size).toBe(keys.length);
      },
    ),
  );
});

test('the first and the last hour of a range have their bars', () => {
  const range = resolveRange({ firstDay: '2026-10-25', lastDay: '2026-10-25' }, NOW_MS, 'Europe/Berlin');
  const { fromMs, toMs } = boundsMs(range);
  const keys = listBuckets(range, NOW_MS).map((bucket) => bucket.key);
  expect(toMs - fromMs).toBe(25 * HOUR_MS);
  expect(keys[0]).toBe(new Date(fromMs).toISOString());
  expect(keys.at(-1)).toBe(new Date(toMs - HOUR_MS).toISOString());
});
