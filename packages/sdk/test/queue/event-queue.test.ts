import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countToDrop } from '../../src/queue/count-to-drop.ts';
import { EventQueue, type QueuedEvent } from '../../src/queue/event-queue.ts';
import { flushReason } from '../../src/queue/flush-reason.ts';

const ROOM_FOR_ALL = Number.POSITIVE_INFINITY;

function event(number: number, sizeBytes = 10): QueuedEvent {
  return { number, json: `{"n":${number}}`, sizeBytes, queuedAtMs: number };
}

function numbers(events: readonly QueuedEvent[]): number[] {
  return events.map((queued) => queued.number);
}

describe('a queue', () => {
  test('gives events back in the order they came, a batch that failed first', () => {
    const queue = new EventQueue();
    for (const number of [1, 2, 3, 4, 5]) queue.push(event(number), ROOM_FOR_ALL);
    expect(numbers(queue.take({ maxEvents: 2, maxBytes: 1000 }))).toEqual([1, 2]);
    queue.putBack();
    expect(numbers(queue.take({ maxEvents: 3, maxBytes: 1000 }))).toEqual([1, 2, 3]);
    queue.settle();
    expect(numbers(queue.take({ maxEvents: 9, maxBytes: 1000 }))).toEqual([4, 5]);
  });

  test('takes no more bytes than a batch may have, but always one event', () => {
    const queue = new EventQueue();
    for (const sizeBytes of [500, 10, 10, 10]) queue.push(event(sizeBytes, sizeBytes), ROOM_FOR_ALL);
    expect(queue.take({ maxEvents: 9, maxBytes: 25 })).toHaveLength(1);
    queue.settle();
    expect(queue.take({ maxEvents: 9, maxBytes: 25 })).toHaveLength(2);
  });

  test('drops the oldest that wait, never the batch on the way', () => {
    const queue = new EventQueue();
    for (const number of [1, 2, 3]) queue.push(event(number), 30);
    queue.take({ maxEvents: 1, maxBytes: 1000 });
    expect(queue.push(event(4), 30)).toBe(1);
    queue.putBack();
    expect(numbers(queue.take({ maxEvents: 9, maxBytes: 1000 }))).toEqual([1, 3, 4]);
  });

  test('knows its oldest event until that has found its end', () => {
    const queue = new EventQueue();
    expect(queue.oldestNumber).toBe(Number.POSITIVE_INFINITY);
    for (const number of [7, 8]) queue.push(event(number), ROOM_FOR_ALL);
    queue.take({ maxEvents: 1, maxBytes: 1000 });
    expect(queue.oldestNumber).toBe(7);
    queue.settle();
    expect(queue.oldestNumber).toBe(8);
    expect(queue.oldestQueuedAtMs).toBe(8);
  });

  test('stays within its bytes and loses count of nothing, whatever happens in whatever order', () => {
    const actions = fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom('take', 'putBack', 'settle')), { maxLength: 200 });
    fc.assert(
      fc.property(actions, (steps) => {
        const queue = new EventQueue();
        let [pushed, dropped, settled, onTheWay] = [0, 0, 0, 0];
        for (const action of steps) {
          if (typeof action === 'number') dropped += queue.push(event((pushed += 1), action), 100);
          else if (action === 'take' && onTheWay === 0) onTheWay = queue.take({ maxEvents: 3, maxBytes: 60 }).length;
          else if (action === 'putBack') [onTheWay] = [0, queue.putBack()];
          else if (action === 'settle') [settled, onTheWay] = [settled + onTheWay, 0, queue.settle()];
          expect(queue.size + dropped + settled).toBe(pushed);
          expect(queue.sizeBytes).toBeLessThanOrEqual(100);
        }
        expect(queue.clear()).toBe(pushed - dropped - settled);
        expect(queue.sizeBytes).toBe(0);
      }),
    );
  });
});

describe('dropping', () => {
  test.each([
    [[10, 10, 10], 0, 0],
    [[10, 10, 10], 1, 1],
    [[10, 10, 10], 10, 1],
    [[10, 10, 10], 11, 2],
    [[10, 10, 10], 99, 3],
    [[], 5, 0],
  ])('of %j the oldest that free %i bytes are %i', (sizes, excessBytes, expected) => {
    expect(
      countToDrop(
        sizes.map((sizeBytes) => ({ sizeBytes })),
        excessBytes,
      ),
    ).toBe(expected);
  });
});

describe('a batch leaves', () => {
  test.each([
    ['never without events', { waiting: 0, oldestAgeMs: 9999, isAsked: true }, undefined],
    ['when somebody waits', { waiting: 1, oldestAgeMs: 0, isAsked: true }, 'asked'],
    ['when it is full', { waiting: 500, oldestAgeMs: 0, isAsked: false }, 'full'],
    ['when its oldest event has waited long enough', { waiting: 1, oldestAgeMs: 500, isAsked: false }, 'due'],
    ['not before', { waiting: 499, oldestAgeMs: 499, isAsked: false }, undefined],
  ])('%s', (_name, state, expected) => {
    expect(flushReason(state, { maxEvents: 500, maxAgeMs: 500 })).toBe(expected);
  });
});
