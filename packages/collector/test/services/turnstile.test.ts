import { expect, test } from 'vitest';
import { createTurnstile } from '../../src/services/create-turnstile.ts';

test('few are inside at once, a bounded number waits, the rest are told to come back', async () => {
  const turnstile = createTurnstile({ atOnce: 2, maxWaiting: 3 });
  let inside = 0;
  let most = 0;
  const gate = Promise.withResolvers<void>();
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await gate.promise;
    inside -= 1;
  };
  const passes = Array.from({ length: 8 }, () => turnstile.pass(work));
  gate.resolve();
  const outcomes = await Promise.allSettled(passes);
  expect([most, inside]).toEqual([2, 0]);
  expect(outcomes.map(({ status }) => status)).toEqual([
    ...Array.from({ length: 5 }, () => 'fulfilled'),
    ...Array.from({ length: 3 }, () => 'rejected'),
  ]);
  expect(outcomes[7]).toMatchObject({ reason: { code: 'overloaded' } });
});

test('work that fails gives its place to the next', async () => {
  const turnstile = createTurnstile({ atOnce: 1, maxWaiting: 1 });
  const failing = turnstile.pass(() => Promise.reject(new Error('no')));
  const next = turnstile.pass(async () => 'in');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('in');
  expect(await turnstile.pass(async () => 'again')).toBe('again');
});
