import { expect, test, vi } from 'vitest';
import { createHostTimers } from '../../src/edge/create-host-timers.ts';

type Held = { readonly timers: ReturnType<typeof createHostTimers>; readonly held: () => number };

function createHeldTimers(): Held {
  let held = 0;
  const keepAlive = (): (() => void) => {
    held += 1;
    return () => (held -= 1);
  };
  return { timers: createHostTimers({ keepAlive }), held: () => held };
}

test('the running request is kept alive until the timer has done its work', async () => {
  const { timers, held } = createHeldTimers();
  const heldAtWork: number[] = [];
  timers.setTimer(() => heldAtWork.push(held()), 1);
  expect(held()).toBe(1);
  await vi.waitFor(() => expect(held()).toBe(0));
  expect(heldAtWork).toEqual([1]);
});

test('a timer that is called off keeps nothing alive and does nothing', async () => {
  const { timers, held } = createHeldTimers();
  const work = vi.fn();
  timers.setTimer(work, 1).cancel();
  expect(held()).toBe(0);
  await new Promise<void>((resolve) => timers.setHeldTimer(resolve, 5));
  expect(work).not.toHaveBeenCalled();
});

test('where the runtime refuses a timer, nothing is thrown and nothing is called', () => {
  const timers = createHostTimers({
    keepAlive() {
      throw new Error('Disallowed operation called within global scope');
    },
  });
  expect(() => timers.setTimer(() => expect.fail('called'), 0).cancel()).not.toThrow();
});
