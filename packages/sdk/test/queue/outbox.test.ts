import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_SPOOL } from '../../src/spool/index.ts';
import { Outbox, type QueuedEvent } from '../../src/queue/outbox.ts';

const ALL = { maxEvents: 9, maxBytes: 1000 };

/** An outbox in which events of these sizes wait. */
function outboxOf(sizes: readonly number[], maxBytes = Number.POSITIVE_INFINITY): Outbox {
  const outbox = new Outbox(NO_SPOOL);
  for (const size of sizes) add(outbox, size, maxBytes);
  return outbox;
}

function add(outbox: Outbox, sizeBytes: number, maxBytes: number): void {
  outbox.add(
    { json: 'x'.repeat(sizeBytes), queuedAtMs: outbox.captured + 1 },
    { maxBytes, overflowReason: 'queue_overflow', isKept: false },
  );
}

function numbers(events: readonly QueuedEvent[]): number[] {
  return events.map((queued) => queued.number);
}

test('gives events back in the order they came, a batch that failed first', () => {
  const outbox = outboxOf([10, 10, 10, 10, 10]);
  expect(numbers(outbox.take({ maxEvents: 2, maxBytes: 1000 }))).toEqual([1, 2]);
  outbox.putBack();
  expect(numbers(outbox.take({ maxEvents: 3, maxBytes: 1000 }))).toEqual([1, 2, 3]);
  outbox.settle(0);
  expect(numbers(outbox.take(ALL))).toEqual([4, 5]);
});

test('takes no more bytes than a batch may have, but always one event', () => {
  const outbox = outboxOf([500, 10, 10, 10]);
  expect(outbox.take({ maxEvents: 9, maxBytes: 25 })).toHaveLength(1);
  outbox.settle(0);
  expect(outbox.take({ maxEvents: 9, maxBytes: 25 })).toHaveLength(2);
});

test('measures bytes, not characters', () => {
  const outbox = new Outbox(NO_SPOOL);
  outbox.add({ json: '"ä😀"', queuedAtMs: 1 }, { maxBytes: 8, overflowReason: 'queue_overflow', isKept: false });
  expect(outbox.sizeBytes).toBe(8);
});

test.each([
  [[10, 10, 10], 30, 0],
  [[10, 10, 10], 29, 1],
  [[10, 10, 10], 20, 1],
  [[10, 10, 10], 19, 2],
  [[10, 10, 10], 0, 3],
])('of %j in %i bytes it drops the oldest %i', (sizes, maxBytes, dropped) => {
  const { lost, queued } = outboxOf(sizes, maxBytes).stats();
  expect([lost, queued]).toEqual([dropped === 0 ? {} : { queue_overflow: dropped }, sizes.length - dropped]);
});

test('holds no more than so many, however small they are', () => {
  const { lost, queued } = outboxOf(Array.from({ length: 100_007 }, () => 1)).stats();
  expect([lost, queued]).toEqual([{ queue_overflow: 7 }, 100_000]);
});

test('never drops what was on the way once: the collector may hold it though its answer was lost', () => {
  const outbox = outboxOf([10, 10, 10]);
  outbox.take({ maxEvents: 1, maxBytes: 1000 });
  add(outbox, 10, 30);
  outbox.putBack();
  add(outbox, 10, 30);
  expect(numbers(outbox.take(ALL))).toEqual([1, 4, 5]);
  expect(outbox.stats()).toEqual({ captured: 5, sent: 0, queued: 3, lost: { queue_overflow: 2 } });
});

test('knows its oldest event until that has found its end', () => {
  const outbox = new Outbox(NO_SPOOL);
  expect(outbox.oldestNumber).toBe(Number.POSITIVE_INFINITY);
  add(outbox, 10, 100);
  add(outbox, 10, 100);
  outbox.take({ maxEvents: 1, maxBytes: 1000 });
  expect([outbox.oldestNumber, outbox.oldestQueuedAtMs]).toEqual([1, 1]);
  outbox.settle(0);
  expect(outbox.oldestNumber).toBe(2);
});

test('a batch that was given up is on the way no more', () => {
  const outbox = outboxOf([10]);
  const batch = outbox.take(ALL);
  expect(outbox.isOnTheWay(batch)).toBe(true);
  expect(outbox.giveUp('shutdown')).toBe(1);
  expect(outbox.isOnTheWay(batch)).toBe(false);
});

test('stays within its bytes and loses count of nothing, whatever happens in whatever order', () => {
  const verbs = fc.constantFrom('take', 'putBack', 'settle', 'settle all but one', 'addLost', 'giveUp');
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), verbs), { maxLength: 200 }), (steps) => {
      const outbox = new Outbox(NO_SPOOL);
      let onTheWay = 0;
      for (const step of steps) {
        if (typeof step === 'number') add(outbox, step, 100);
        else if (step === 'addLost') outbox.addLost('unreadable');
        else if (step === 'take') onTheWay ||= outbox.take({ maxEvents: 3, maxBytes: 60 }).length;
        else {
          if (step === 'putBack') outbox.putBack();
          else if (step === 'giveUp') outbox.giveUp('exit');
          else outbox.settle(step === 'settle' ? 0 : Math.min(1, onTheWay));
          onTheWay = 0;
        }
        const { captured, sent, queued, lost } = outbox.stats();
        expect(sent + queued + Object.values(lost).reduce((sum, count) => sum + count, 0)).toBe(captured);
        expect(outbox.sizeBytes).toBeLessThanOrEqual(100);
      }
      outbox.giveUp('exit');
      expect([outbox.sizeBytes, outbox.stats().queued]).toEqual([0, 0]);
    }),
  );
});
