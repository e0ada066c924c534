import { describe, expect, test } from 'vitest';
import { readTrackedCall } from '../../src/track/read-tracked-call.ts';

const CONTEXT = { nowMs: Date.parse('2026-11-20T09:00:00.000Z'), scope: undefined, sha256Hex: (text: string) => text };

describe('a call that cannot be counted is refused with what to do', () => {
  test.each([
    ['no object', 'a call', 'it takes one object'],
    ['no provider', { usage: { requests: 1 } }, 'provider must be a name'],
    ['a negative quantity', { provider: 'twilio', usage: { requests: -1 } }, 'usage must hold numbers from 0 to 1e12'],
    ['half a token', { provider: 'acme', usage: { input: 0.5 } }, 'whole ones of tokens'],
    ['an amount that is none', { provider: 'twilio', usage: {}, costUsd: 'free' }, 'costUsd must be dollars from 0 to 1000000'],
  ])('%s', (_name, given, sentence) => {
    expect(readTrackedCall(given, CONTEXT)).toContain(sentence);
  });
});

test('a call without a start began as long ago as it lasted', () => {
  const read = readTrackedCall({ provider: 'twilio', usage: { requests: 1 }, durationMs: 1500 }, CONTEXT);
  expect(read).toMatchObject({ startedAtMs: CONTEXT.nowMs - 1500, durationMs: 1500 });
});
