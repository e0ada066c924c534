import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseInstant } from '../src/index.ts';

describe('an RFC 3339 time', () => {
  test.each([
    ['2026-11-20T09:00:00Z', '2026-11-20T09:00:00.000Z'],
    ['2026-11-20t09:00:00.1z', '2026-11-20T09:00:00.100Z'],
    ['2026-11-20T09:00:00.999999999Z', '2026-11-20T09:00:00.999Z'],
    ['2026-11-20T10:30:00+01:30', '2026-11-20T09:00:00.000Z'],
    ['2026-11-19T23:00:00-10:00', '2026-11-20T09:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['0099-01-01T00:00:00Z', '0099-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, iso) => {
    const instantMs = parseInstant(text);
    expect(instantMs !== undefined && new Date(instantMs).toISOString()).toBe(iso);
  });

  test.each([
    '2026-11-20T09:00:00',
    '2026-11-20 09:00:00Z',
    '2026-11-20',
    '2026-11-31T09:00:00Z',
    '2025-02-29T09:00:00Z',
    '2025-02-29T09:00:00.000Z',
    '2026-11-20T24:00:00.000Z',
    '+02026-1-20T09:00:00.00Z',
    '2026-13-01T09:00:00Z',
    '2026-00-10T09:00:00Z',
    '2026-11-20T24:00:00Z',
    '2026-11-20T09:60:00Z',
    '2026-11-20T09:00:61Z',
    '2026-11-20T09:00:00.Z',
    '2026-11-20T09:00:00.1234567890Z',
    '2026-11-20T09:00:00+24:00',
    '2026-11-20T09:00:00+0100',
    '20261120T090000Z',
    'now',
    '',
  ])('%j is none', (text) => expect(parseInstant(text)).toBeUndefined());

  test('of any date reads as JavaScript wrote it', () => {
    const dates = fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });
    fc.assert(fc.property(dates, (date) => parseInstant(date.toISOString()) === date.getTime()));
  });
});
