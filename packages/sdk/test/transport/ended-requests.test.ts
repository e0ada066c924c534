import { createFakeClock } from '@llmobserve/testkit';
import { expect, test } from 'vitest';
import { Outbox } from '../../src/queue/index.ts';
import { NO_SPOOL } from '../../src/spool/index.ts';
import { Delivery, type Reply } from '../../src/transport/index.ts';

/** Plays a worker: each request has timers and tries of its own, which are gone with it and without a word. */
function playWorker() {
  const clock = createFakeClock(Date.UTC(2026, 10, 20));
  const outbox = new Outbox(NO_SPOOL);
  const timers = new Set<() => void>();
  const answers: ((reply: Reply) => void)[] = [];
  const sent: number[] = [];

  function setTimer(fn: () => void): { cancel(): void } {
    timers.add(fn);
    return { cancel: () => void timers.delete(fn) };
  }

  const delivery = new Delivery({
    outbox,
    facts: { untold: () => new Map(), confirm: () => undefined },
    gather: () => undefined,
    post(batchText) {
      sent.push((JSON.parse(batchText) as { events: unknown[] }).events.length);
      return new Promise((resolve) => answers.push(resolve));
    },
    abort: () => undefined,
    identity: () => ({ name: 'llmobserve', version: '0', runtime: 'test', instance: 'i' }),
    diagnostics: { warnOnce: () => undefined, debug: () => undefined, count: () => undefined },
    maxAgeMs: () => 500,
    clock,
    timers: { setTimer, setHeldTimer: setTimer },
    random: () => 0,
  });
  return {
    clock,
    delivery,
    outbox,
    sent,
    capture() {
      outbox.add({ json: '{}', queuedAtMs: clock.monotonicMs() }, { maxBytes: 1000, overflowReason: 'queue_overflow', isKept: false });
      delivery.wake();
    },
    /** What the running request waits for comes. */
    runTimers() {
      const due = Array.from(timers);
      timers.clear();
      for (const fn of due) fn();
    },
    endRequest: () => timers.clear(),
    answer: (accepted: number, ordinal = -1) =>
      answers.at(ordinal)?.({
        kind: 'answer',
        status: 200,
        retryAfter: undefined,
        body: JSON.stringify({ accepted, duplicates: 0, rejected: [] }),
      }),
  };
}

test('a timer that ended with its request holds nothing up: the next flush sends', async () => {
  const worker = playWorker();
  worker.capture();
  worker.endRequest();
  worker.clock.advance(2000);
  const settling = worker.delivery.settleUpTo(1, worker.clock.monotonicMs() + 5000);
  worker.runTimers();
  worker.answer(1);
  expect(await settling).toBe(true);
  expect(worker.sent).toEqual([1]);
});

test('a try that ended with its request is made again, and an answer that comes all the same counts nothing twice', async () => {
  const worker = playWorker();
  worker.capture();
  worker.clock.advance(500);
  worker.runTimers();
  expect(worker.sent).toEqual([1]);
  worker.endRequest();
  worker.clock.advance(20_000);
  worker.capture();
  const settling = worker.delivery.settleUpTo(2, worker.clock.monotonicMs() + 5000);
  worker.runTimers();
  expect(worker.sent).toEqual([1, 2]);
  worker.answer(2);
  expect(await settling).toBe(true);
  worker.answer(1, 0);
  expect(await worker.delivery.settleUpTo(2, worker.clock.monotonicMs() + 5000)).toBe(true);
  expect(worker.outbox.stats()).toEqual({ captured: 2, sent: 2, queued: 0, lost: {} });
});

test('who waits carries on what another request began', async () => {
  const worker = playWorker();
  worker.capture();
  const first = worker.delivery.settleUpTo(1, worker.clock.monotonicMs() + 5000);
  worker.runTimers();
  worker.capture();
  const second = worker.delivery.settleUpTo(2, worker.clock.monotonicMs() + 5000);
  worker.answer(1);
  expect(await first).toBe(true);
  worker.runTimers();
  worker.answer(1);
  expect(await second).toBe(true);
  expect(worker.sent).toEqual([1, 1]);
});
