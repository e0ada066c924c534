import { createFakeClock, randomKey } from '@llmobserve/testkit';
import { describe, expect, test } from 'vitest';
import type { KeyGrant } from '../../src/queries/index.ts';
import { authenticateKey, createGuessLimiter, createKeyCache, createUseNotes } from '../../src/services/index.ts';

const GRANT: KeyGrant = {
  workspace: { id: 'w', name: 'W', timeZone: 'UTC' },
  keyId: 'k',
  environment: undefined,
  scopes: ['ingest'],
  expiresAtMs: undefined,
};

function harness(findKey: () => Promise<KeyGrant | undefined>) {
  const clock = createFakeClock(0);
  const cache = createKeyCache(clock);
  const asked = { times: 0 };
  const deps = {
    clock,
    cache,
    unknownKeys: createGuessLimiter({ tries: 5, perSeconds: 60 }),
    noteUse: () => {},
    findKey: () => {
      asked.times += 1;
      return findKey();
    },
  };
  return { clock, cache, asked, ask: (key: string | undefined, address = 'a') => authenticateKey(deps, { key, address }) };
}

describe('a key', () => {
  test('that is in use costs one question in four seconds, however often it comes', async () => {
    const { clock, asked, ask } = harness(async () => GRANT);
    const key = randomKey();
    await Promise.all(Array.from({ length: 100 }, () => ask(key)));
    clock.advance(3_999);
    await ask(key);
    expect(asked.times).toBe(1);
    clock.advance(1);
    await ask(key);
    expect(asked.times).toBe(2);
  });

  test.each([undefined, '', 'llmo_sk_', 'x'.repeat(46), `${randomKey()}0`])(
    'that is malformed never reaches the store: %s',
    async (key) => {
      const { asked, ask } = harness(async () => GRANT);
      await expect(ask(key)).rejects.toMatchObject({ code: 'invalid_key' });
      expect(asked.times).toBe(0);
    },
  );

  test('that nobody was issued is looked up a few times per address, then not at all', async () => {
    const { asked, ask } = harness(async () => undefined);
    const answers = await Promise.allSettled(Array.from({ length: 1_000 }, () => ask(randomKey())));
    expect(asked.times).toBe(5);
    expect(answers.filter((answer) => answer.status === 'rejected' && answer.reason.code === 'rate_limited')).toHaveLength(995);
    await expect(ask(randomKey(), 'another address')).rejects.toMatchObject({ code: 'invalid_key' });
  });

  test('that is good never uses up the tries of its address', async () => {
    const { asked, ask } = harness(async () => GRANT);
    for (let index = 0; index < 50; index += 1) {
      // One after the other: at once they would all be tries.
      await ask(randomKey());
    }
    expect(asked.times).toBe(50);
  });

  test('that is in use is not shut out by a neighbour who guesses from the same address', async () => {
    let isGood = true;
    const { clock, ask } = harness(async () => (isGood ? GRANT : undefined));
    const key = randomKey();
    await ask(key);
    isGood = false;
    await Promise.allSettled(Array.from({ length: 10 }, () => ask(randomKey())));
    isGood = true;
    clock.advance(4_000);
    await expect(ask(key)).resolves.toMatchObject({ keyId: 'k' });
    await expect(ask(randomKey())).rejects.toMatchObject({ code: 'rate_limited' });
  });

  test('that was good once is counted like any other from its revocation on', async () => {
    let isGood = true;
    const { clock, asked, ask } = harness(async () => (isGood ? GRANT : undefined));
    const key = randomKey();
    await ask(key);
    isGood = false;
    clock.advance(4_000);
    for (let index = 0; index < 20; index += 1) {
      // One after the other: at once they would be one question.
      await ask(key).catch(() => undefined);
    }
    expect(asked.times).toBeLessThanOrEqual(7);
  });

  test('that is revoked while it is being looked up is not kept, in 1 000 rounds', async () => {
    for (let round = 0; round < 1_000; round += 1) {
      let isRevoked = false;
      const { cache, ask } = harness(async () => {
        const found = isRevoked ? undefined : GRANT;
        for (let turn = 0; turn < round % 5; turn += 1) await Promise.resolve();
        return found;
      });
      const key = randomKey();
      const before = ask(key);
      for (let turn = 0; turn < round % 7; turn += 1) await Promise.resolve();
      isRevoked = true;
      cache.forget('k');
      // Either answer is right for a request that came before the revocation.
      await before.catch(() => undefined);
      await expect(ask(key)).rejects.toMatchObject({ code: 'invalid_key' });
    }
  });
});

describe('the last use of a key', () => {
  test('is written once a minute, and a store that fails harms nobody', async () => {
    const clock = createFakeClock(0);
    const written: number[] = [];
    const note = createUseNotes({
      clock,
      touch: async ({ atMs }) => {
        written.push(atMs);
        throw new Error('the store is away');
      },
    });
    for (const atMs of [0, 1, 59_999, 60_000, 60_001]) {
      clock.advance(atMs - clock.nowMs());
      note(GRANT);
    }
    expect(written).toEqual([0, 60_000]);
  });
});
