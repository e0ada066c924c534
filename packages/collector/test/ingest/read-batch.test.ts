import { MAX_BATCH_EVENTS } from '@llmobserve/protocol';
import { describe, expect, test } from 'vitest';
import { InvalidBatchError } from '../../src/ingest/index.ts';
import { readBatch } from '../../src/ingest/read-batch.ts';

describe('a body is no batch', () => {
  test.for([
    ['null', null],
    ['a number', 7],
    ['a text', 'events'],
    ['a list', []],
    ['an object without events', {}],
    ['events that are no list', { events: { 0: {} } }],
    ['events that are null', { events: null }],
    ['events only on its prototype', Object.create({ events: [] })],
  ] as const)('when it is %s', ([, body]) => {
    expect(() => readBatch(body, 'key')).toThrow(expect.objectContaining({ name: 'InvalidBatchError', code: 'invalid_body' }));
  });

  test('when it has more events than a batch may have', () => {
    const events = (count: number) => ({ events: Array.from({ length: count }, () => ({})) });
    expect(readBatch(events(MAX_BATCH_EVENTS), 'key').events).toHaveLength(MAX_BATCH_EVENTS);
    const read = () => readBatch(events(MAX_BATCH_EVENTS + 1), 'key');
    expect(read).toThrow(InvalidBatchError);
    expect(read).toThrow(expect.objectContaining({ code: 'too_many_events' }));
  });
});

describe('what stands beside the events', () => {
  test.for([
    ['a fact without an id', { customers: [{ name: 'x' }] }],
    ['an id with a control character', { customers: [{ id: 'a\nb' }] }],
    ['an id that is too long', { customers: [{ id: 'x'.repeat(201) }] }],
    ['an object in place of the list', { customers: { acme: { id: 'acme' } } }],
    ['losses in a list', { lost: [3] }],
    ['no losses', { lost: { queue_overflow: 0 } }],
  ] as const)('is left out when it is %s', ([, members]) => {
    expect(readBatch({ events: [], ...members }, 'key')).toEqual({ events: [], customers: [], losses: [] });
  });

  test('is kept member by member', () => {
    const body = {
      events: [],
      customers: [{ id: 'acme', name: 'A\u0000B', plan: null, tags: { ok: 'yes', no: 7, __proto__: 'plain' } }],
      sdk: { instance: 'process-1' },
      lost: { timeout: 2, bad: 'x' },
    };
    const { customers, losses } = readBatch(JSON.parse(JSON.stringify(body)), 'key');
    expect(customers).toEqual([{ id: 'acme', name: 'A\ufffdB', tags: { ok: 'yes' } }]);
    expect(losses).toEqual([{ instance: 'process-1', reason: 'timeout', total: 2 }]);
  });

  test('a process without a name is told from others by its key', () => {
    expect(readBatch({ events: [], sdk: { instance: '' }, lost: { timeout: 2 } }, 'k1').losses).toEqual([
      { instance: 'key:k1', reason: 'timeout', total: 2 },
    ]);
  });

  test('is bounded', () => {
    const lost = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`reason-${index}`, 1]));
    const customers = Array.from({ length: 5000 }, (_, index) => ({ id: `c${index}` }));
    const batch = readBatch({ events: [], lost, customers }, 'key');
    expect(batch.losses).toHaveLength(64);
    expect(batch.customers).toHaveLength(1000);
  });
});
