import { expect, test } from 'vitest';
import { OverloadedError } from '../../src/failures.ts';
import { createAdmission, type Admission, type Room } from '../../src/ingest/index.ts';

const LIMITS = { maxBytes: 100, maxWaiting: 2, maxWaitMs: 250, slowAfterMs: 1000 };

test('bodies come in while there is room; the next ones wait in the order of coming', async () => {
  const { admission } = newAdmission();
  const [first, second, third] = [enter(admission, 60), enter(admission, 60), enter(admission, 10)];
  await first.room;
  expect(admission.load()).toEqual({ bytes: 60, waiting: 2 });
  await first.leave();
  await Promise.all([second.room, third.room]);
  expect(admission.load()).toEqual({ bytes: 70, waiting: 0 });
  await Promise.all([second.leave(), third.leave()]);
  expect(admission.load()).toEqual({ bytes: 0, waiting: 0 });
});

test('who finds the line full is refused at once, who waits too long a moment later', async () => {
  const { admission, passMs } = newAdmission();
  const inside = enter(admission, 100);
  const waiting = [enter(admission, 50), enter(admission, 50)];
  await expect(enter(admission, 1).done).rejects.toThrow(OverloadedError);
  passMs(249);
  expect(admission.load().waiting).toBe(2);
  passMs(1);
  for (const { done } of waiting) await expect(done).rejects.toThrow(OverloadedError);
  await inside.leave();
  expect(admission.load()).toEqual({ bytes: 0, waiting: 0 });
});

test('who gives up waiting lets a smaller one behind them in', async () => {
  const { admission, passMs } = newAdmission();
  const inside = enter(admission, 60);
  const large = enter(admission, 60);
  passMs(100);
  const small = enter(admission, 40);
  passMs(150);
  await expect(large.done).rejects.toThrow(OverloadedError);
  await small.room;
  await Promise.all([inside.leave(), small.leave()]);
});

test('a body that is larger than expected takes more room where there is some, and is refused where there is none', async () => {
  const { admission } = newAdmission();
  const [grower, neighbour] = [enter(admission, 10), enter(admission, 50)];
  const room = await grower.room;
  room.take(40);
  expect(admission.load().bytes).toBe(90);
  expect(() => room.take(20)).toThrow(OverloadedError);
  await Promise.all([grower.leave(), neighbour.leave()]);
  expect(admission.load().bytes).toBe(0);
});

test('room that a body turns out not to need goes to who waits', async () => {
  const { admission } = newAdmission();
  const first = enter(admission, 100);
  const next = enter(admission, 90);
  const room = await first.room;
  room.take(10);
  room.settle();
  await next.room;
  expect(admission.load()).toEqual({ bytes: 100, waiting: 0 });
  await Promise.all([first.leave(), next.leave()]);
});

test('a sender that is slow keeps only the room of what it has sent', async () => {
  const { admission, passMs } = newAdmission();
  const slow = enter(admission, 100);
  (await slow.room).take(1);
  passMs(1000);
  expect(admission.load().bytes).toBe(1);
  await enter(admission, 99).leave();
  await slow.leave();
});

test('one body always fits, and work that fails gives its room back', async () => {
  const { admission } = newAdmission();
  await expect(admission.pass(1000, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(admission.load().bytes).toBe(0);
});

type Visit = { readonly room: Promise<Room>; readonly done: Promise<void>; leave(): Promise<void> };

function enter(admission: Admission, expectedBytes: number): Visit {
  const entered = Promise.withResolvers<Room>();
  const left = Promise.withResolvers<void>();
  const done = admission.pass(expectedBytes, (room) => {
    entered.resolve(room);
    return left.promise;
  });
  const leave = () => {
    left.resolve();
    return done;
  };
  return { room: entered.promise, done, leave };
}

function newAdmission(): { readonly admission: Admission; passMs(ms: number): void } {
  let nowMs = 0;
  const timers = new Set<{ readonly atMs: number; readonly work: () => void }>();
  const after = (delayMs: number, work: () => void) => {
    const timer = { atMs: nowMs + delayMs, work };
    timers.add(timer);
    return () => timers.delete(timer);
  };
  return {
    admission: createAdmission({ after }, LIMITS),
    passMs: (ms) => {
      nowMs += ms;
      for (const timer of [...timers].filter(({ atMs }) => atMs <= nowMs)) {
        timers.delete(timer);
        timer.work();
      }
    },
  };
}
