import { expect, test } from 'vitest';

import { createLiveFeed } from '../../src/api/live-feed.ts';
import type { LiveFeedDeps } from '../../src/api/live-feed.ts';

type Listener = Parameters<LiveFeedDeps['open']>[0];

/** A feed whose stream, clock and pauses are in the test's hands. */
function openFeed() {
  const clock = { atMs: 1_000_000 };
  const streams: { listener: Listener; isClosed: boolean }[] = [];
  const waiting: (() => void)[] = [];
  const feed = createLiveFeed({
    clock: { nowMs: () => clock.atMs },
    later: (run) => waiting.push(run),
    open: (listener) => {
      const stream = { listener, isClosed: false };
      streams.push(stream);
      return { close: () => (stream.isClosed = true) };
    },
  });
  const stream = () => {
    const last = streams.at(-1);
    if (!last) throw new Error('no stream was opened');
    return last;
  };
  const draw = (): void => waiting.splice(0).forEach((run) => run());
  return { feed, clock, streams, stream, draw, waiting };
}

const call = (id: number): string => JSON.stringify({ id: String(id), startedAt: '2026-11-20T09:00:00.000Z', costUsd: '0.000000000001' });

test('calls are kept newest first, and drawn once per burst', () => {
  const { feed, stream, draw, waiting } = openFeed();
  let drawn = 0;
  feed.subscribe(() => (drawn += 1));
  feed.start();
  stream().listener.onOpen();
  const before = drawn;
  for (const id of [1, 2, 3]) stream().listener.onCall(call(id));
  expect(waiting).toHaveLength(1);
  draw();
  expect(drawn - before).toBe(1);
  expect(feed.snapshot().events.map((event) => event.id)).toEqual(['3', '2', '1']);
  expect(feed.snapshot().received).toBe(3);
});

test('the feed has a bound, the count goes on', () => {
  const { feed, stream, draw } = openFeed();
  feed.start();
  for (let id = 0; id < 700; id += 1) stream().listener.onCall(call(id));
  draw();
  expect(feed.snapshot().events).toHaveLength(500);
  expect(feed.snapshot().received).toBe(700);
});

test('arrivals are remembered for a minute', () => {
  const { feed, clock, stream, draw } = openFeed();
  feed.start();
  stream().listener.onCall(call(1));
  draw();
  clock.atMs += 61_000;
  stream().listener.onCall(call(2));
  draw();
  expect(feed.snapshot().arrivalsMs).toEqual([clock.atMs]);
});

test('calls that were skipped count as received', () => {
  const { feed, stream } = openFeed();
  feed.start();
  stream().listener.onSkipped('{"calls":40}');
  stream().listener.onSkipped('garbage');
  expect(feed.snapshot().received).toBe(40);
});

test('a message that is no JSON is passed over', () => {
  const { feed, stream, waiting } = openFeed();
  feed.start();
  stream().listener.onCall('not json');
  expect(waiting).toHaveLength(0);
});

test('a broken connection shows until it is open again, and listening goes on since the first', () => {
  const { feed, clock, stream } = openFeed();
  feed.start();
  stream().listener.onOpen();
  const sinceMs = clock.atMs;
  clock.atMs += 5000;
  stream().listener.onError(false);
  expect(feed.snapshot().state).toBe('connecting');
  stream().listener.onOpen();
  expect(feed.snapshot()).toMatchObject({ state: 'open', listeningSinceMs: sinceMs });
  stream().listener.onError(true);
  expect(feed.snapshot().state).toBe('closed');
});

test('starting twice opens one stream; stopping closes it and keeps what was seen', () => {
  const { feed, streams, stream, draw } = openFeed();
  feed.start();
  feed.start();
  expect(streams).toHaveLength(1);
  stream().listener.onCall(call(1));
  draw();
  feed.stop();
  expect(streams[0]?.isClosed).toBe(true);
  expect(feed.snapshot()).toMatchObject({ state: 'closed', arrivalsMs: [] });
  expect(feed.snapshot().events).toHaveLength(1);
  feed.start();
  expect(streams).toHaveLength(2);
});

test('who no longer listens is not told', () => {
  const { feed } = openFeed();
  let told = 0;
  const leave = feed.subscribe(() => (told += 1));
  leave();
  feed.start();
  expect(told).toBe(0);
});
