import { isApiKey, parseCostEvent } from '@llmobserve/protocol';
import { expect, test } from 'vitest';
import { makeBatch, makeEvent, randomKey } from '../../src/index.ts';

test('an event is valid as it is made, and keeps what was asked for', () => {
  const event = makeEvent({ customer: 'acme', usage: { input: 5 } });
  expect(parseCostEvent(event, Date.now())).toMatchObject({ event: { customer: 'acme', usage: { input: 5 } }, isRepaired: false });
});

test('every event has an id of its own', () => {
  const { events } = makeBatch(50);
  expect(new Set(events.map((event) => event.id)).size).toBe(50);
});

test('a batch takes events or their number, and facts beside them', () => {
  const event = makeEvent();
  expect(makeBatch([event], { seq: 3 })).toEqual({ events: [event], seq: 3 });
});

test('a random key has the format of a key', () => {
  expect(isApiKey(randomKey())).toBe(true);
  expect(randomKey()).not.toBe(randomKey());
});
