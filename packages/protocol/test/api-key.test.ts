import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createApiKey, isApiKey, maskApiKey } from '../src/index.ts';
import { readFixture } from './fixtures.ts';

const { wellFormed, malformed } = readFixture('api-keys') as { wellFormed: string[]; malformed: string[] };

describe('a key', () => {
  test.each(wellFormed)('%s is well formed', (key) => expect(isApiKey(key)).toBe(true));
  test.each(malformed)('%j is not', (key) => expect(isApiKey(key)).toBe(false));

  test('that was made is well formed, and never made twice', () => {
    const keys = Array.from({ length: 500 }, () => createApiKey(randomBytes));
    expect(keys.every(isApiKey)).toBe(true);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('is refused with any single character changed', () => {
    const key = createApiKey(randomBytes);
    const typos = Array.from(key, (character, at) => key.slice(0, at) + (character === 'a' ? 'b' : 'a') + key.slice(at + 1));
    expect(typos.filter(isApiKey)).toEqual([]);
  });

  test('skips bytes that would make some characters likelier', () => {
    const biased = [255, 254, 253, 252, 251, 250, 249, 248];
    let calls = 0;
    const key = createApiKey((length) => {
      calls += 1;
      return Uint8Array.from({ length }, (_, at) => (calls === 1 ? (biased[at % biased.length] ?? 255) : 61));
    });
    expect(key.slice(8, 40)).toBe('z'.repeat(32));
  });

  test('shows twelve characters and the last four in a list', () => {
    const [key] = wellFormed;
    expect(key && isApiKey(key) && maskApiKey(key)).toEqual({ prefix: 'llmo_sk_0123', last4: 'nqT8' });
  });
});
