import fc from 'fast-check';
import { expect, test } from 'vitest';

import { agoText, clockText, momentText } from '../../src/filters/clock-text.ts';
import {
  addDays,
  daysBetween,
  isDay,
  startOfDayMs,
  startOfHourMs,
  startOfMonth,
  startOfWeek,
  zonedDay,
} from '../../src/filters/zoned-day.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/Sao_Paulo',
] as const;
const at = (text: string): number => Date.parse(text);

test('an instant falls on the day its zone shows', () => {
  expect(zonedDay(at('2026-11-20T23:30:00Z'), 'UTC')).toBe('2026-11-20');
  expect(zonedDay(at('2026-11-20T23:30:00Z'), 'Europe/Berlin')).toBe('2026-11-21');
  expect(zonedDay(at('2026-11-20T04:30:00Z'), 'America/New_York')).toBe('2026-11-19');
});

test('a day begins at its own midnight, also on the days the clocks change', () => {
  expect(new Date(startOfDayMs('2026-03-29', 'Europe/Berlin')).toISOString()).toBe('2026-03-28T23:00:00.000Z');
  expect(new Date(startOfDayMs('2026-03-30', 'Europe/Berlin')).toISOString()).toBe('2026-03-29T22:00:00.000Z');
  expect(new Date(startOfDayMs('2026-10-26', 'Europe/Berlin')).toISOString()).toBe('2026-10-25T23:00:00.000Z');
  expect(new Date(startOfDayMs('2026-11-01', 'America/New_York')).toISOString()).toBe('2026-11-01T04:00:00.000Z');
});

test('where midnight is skipped the day begins with its first hour', () => {
  // Brazil's clocks went from 00:00 to 01:00 on 4 November 2018.
  const startMs = startOfDayMs('2018-11-04', 'America/Sao_Paulo');
  expect(zonedDay(startMs, 'America/Sao_Paulo')).toBe('2018-11-04');
  expect(zonedDay(startMs - 1, 'America/Sao_Paulo')).toBe('2018-11-03');
});

test('every day of every zone starts on itself and follows the day before', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3600 }), fc.constantFrom(...ZONES), (offset, zone) => {
      const day = addDays('2020-01-01', offset);
      const startMs = startOfDayMs(day, zone);
      expect(zonedDay(startMs, zone)).toBe(day);
      expect(zonedDay(startMs - 1, zone) < day).toBe(true);
    }),
  );
});

test('calendar arithmetic goes there and back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -4000, max: 4000 }), (count) => {
      const day = addDays('2026-02-28', count);
      expect(daysBetween('2026-02-28', day)).toBe(count);
      expect(addDays(day, -count)).toBe('2026-02-28');
    }),
  );
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
});

test('hours start where the clocks of the zone show a full hour', () => {
  expect(new Date(startOfHourMs(at('2026-11-20T09:50:00Z'), 'UTC')).toISOString()).toBe('2026-11-20T09:00:00.000Z');
  expect(new Date(startOfHourMs(at('2026-11-20T09:50:00Z'), 'Asia/Kolkata')).toISOString()).toBe('2026-11-20T09:30:00.000Z');
});

test('weeks start on Monday, months on the first', () => {
  expect(startOfWeek('2026-11-20')).toBe('2026-11-16');
  expect(startOfWeek('2026-11-16')).toBe('2026-11-16');
  expect(startOfWeek('2026-11-22')).toBe('2026-11-16');
  expect(startOfMonth('2026-11-20')).toBe('2026-11-01');
});

test('only real days of this millennium are days', () => {
  expect(['2026-11-20', '2028-02-29'].every(isDay)).toBe(true);
  expect(['2026-02-30', '2026-13-01', '26-1-1', '1999-01-01', '2026-11-20T00:00Z', ''].some(isDay)).toBe(false);
});

test('an unknown zone and an odd locale fall back to UTC instead of breaking the page', () => {
  expect(zonedDay(at('2026-11-20T23:30:00Z'), 'Mars/Olympus')).toBe('2026-11-20');
});

test('times of day follow the zone, and say the day once it is not today', () => {
  const nowMs = at('2026-11-20T12:00:00Z');
  expect(clockText(at('2026-11-20T09:47:58Z'), 'Europe/Berlin')).toBe('10:47:58');
  expect(momentText(at('2026-11-20T09:47:58Z'), nowMs, 'UTC')).toBe('09:47:58');
  expect(momentText(at('2026-11-19T09:47:58Z'), nowMs, 'UTC')).toBe('19 Nov, 09:47');
});

test.each([
  [-500, '0 s ago'],
  [2000, '2 s ago'],
  [125_000, '2 min ago'],
  [7_300_000, '2 h ago'],
  [90_000_000, 'yesterday'],
  [900_000_000, '10 days ago'],
])('%i ms is %s', (agoMs, expected) => {
  expect(agoText(agoMs)).toBe(expected);
});
