const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d)$/;
const CANONICAL_LENGTH = '2026-11-20T09:00:00.000Z'.length;
const MINUTE_MS = 60_000;

/**
 * Reads an RFC 3339 time with zone as milliseconds since 1970 UTC; digits below the millisecond are cut off.
 *
 * A leap second counts as the last millisecond before it, since the ledger's clock has none.
 *
 * @returns `undefined` when it is no such time: no zone, no such day, more than nine fraction digits.
 * @example parseInstant('2026-11-20T10:00:00.5+01:00') // 1795165200500
 */
export function parseInstant(text: string): number | undefined {
  const canonicalMs = readCanonical(text);
  if (canonicalMs !== undefined) return canonicalMs;
  const match = RFC_3339.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (hour === undefined || minute === undefined || second === undefined) return undefined;
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const offsetMs = readOffset(match[8] ?? 'Z');
  if (offsetMs === undefined) return undefined;
  const isLeapSecond = second === 60;
  const fractionMs = isLeapSecond ? 999 : Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  // setUTCFullYear because Date.UTC reads the years 0 to 99 as 1900 to 1999.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  date.setUTCHours(hour, minute, isLeapSecond ? 59 : second, fractionMs);
  return date.getTime() - offsetMs;
}

/** UTC with milliseconds, the form our SDK writes: the engine reads it far faster, and writes it back unchanged when it is right. */
function readCanonical(text: string): number | undefined {
  if (text.length !== CANONICAL_LENGTH) return undefined;
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text ? ms : undefined;
}

function readOffset(zone: string): number | undefined {
  if (zone === 'Z' || zone === 'z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * MINUTE_MS;
}
