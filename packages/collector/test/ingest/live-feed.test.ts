import type { LiveEvent } from '@llmobserve/protocol';
import { expect, test } from 'vitest';
import { createLiveFeed, OverloadedError } from '../../src/ingest/index.ts';

test('a listener hears the events of its workspace, in order, and no others', () => {
  const feed = createLiveFeed();
  const heard: string[] = [];
  feed.subscribe('mine', ({ id }) => heard.push(id));
  feed.publish('mine', () => [event('1'), event('2')]);
  feed.publish('theirs', () => [event('3')]);
  expect(heard).toEqual(['1', '2']);
});

test('who has ended a subscription hears nothing more, the others go on', () => {
  const feed = createLiveFeed();
  const heard: string[] = [];
  const end = feed.subscribe('w', ({ id }) => heard.push(`a${id}`));
  end();
  feed.subscribe('w', ({ id }) => heard.push(`b${id}`));
  end();
  feed.publish('w', () => [event('1')]);
  expect(heard).toEqual(['b1']);
});

test('a listener that fails costs neither the publisher nor its neighbour', () => {
  const feed = createLiveFeed();
  const heard: string[] = [];
  feed.subscribe('w', () => {
    throw new Error('stream is gone');
  });
  feed.subscribe('w', ({ id }) => heard.push(id));
  feed.publish('w', () => [event('1')]);
  expect(heard).toEqual(['1']);
});

test('of a large commit only the newest are told', () => {
  const feed = createLiveFeed();
  const heard: string[] = [];
  feed.subscribe('w', ({ id }) => heard.push(id));
  feed.publish('w', () => Array.from({ length: 1000 }, (_, index) => event(String(index))));
  expect(heard).toHaveLength(200);
  expect(heard.at(-1)).toBe('999');
});

test('what nobody hears is not even made', () => {
  const feed = createLiveFeed();
  const end = feed.subscribe('w', () => {});
  end();
  feed.publish('w', () => {
    throw new Error('made for nobody');
  });
});

test('too many listeners of one workspace are refused, those of another are not', () => {
  const feed = createLiveFeed();
  for (let index = 0; index < 100; index += 1) feed.subscribe('w', () => {});
  expect(() => feed.subscribe('w', () => {})).toThrow(OverloadedError);
  expect(() => feed.subscribe('other', () => {})).not.toThrow();
});

function event(id: string): LiveEvent {
  return { id, kind: 'llm', provider: 'openai', startedAt: '', status: 'ok', costUsd: '0.000000000000', quality: 'exact' };
}
