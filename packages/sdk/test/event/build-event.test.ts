import { parseCostEvent, type CostEvent } from '@llmobserve/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildEvent, type EventSettings } from '../../src/event/build-event.ts';
import { createCustomerFacts } from '../../src/event/create-customer-facts.ts';
import { createEventIds } from '../../src/event/create-event-ids.ts';
import { makeCall } from '../support/start-test-engine.ts';

const ID = '0198f3a2-0000-7abc-8def-0123456789ab';
const NO_SETTINGS: EventSettings = { customer: undefined, environment: undefined, release: undefined, tags: undefined };
const NOW_MS = Date.UTC(2026, 10, 20, 9);

function asStored(...[call, settings = {}]: [ReturnType<typeof makeCall>, Partial<EventSettings>?]): CostEvent {
  const parsed = parseCostEvent(JSON.parse(JSON.stringify(buildEvent(ID, call, { ...NO_SETTINGS, ...settings }))), NOW_MS);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.event;
}

describe('an event', () => {
  test('says who, what, how much, how long and how it ended', () => {
    const call = makeCall({
      startedAtMs: NOW_MS,
      firstTokenMs: 139.6,
      responseId: 'chatcmpl-1',
      serviceTier: 'default',
      scope: {
        customer: { id: 'acme', name: 'Acme', user: 'u1', session: 's1', tags: { feature: 'chat' } },
        section: 'agent:researcher',
        run: { name: 'nightly', traceId: 'ab'.repeat(16), runId: 'job-1' },
      },
    });
    expect(asStored(call, { environment: 'production', release: '1.4.2', customer: { id: 'default' } })).toEqual({
      id: ID,
      kind: 'llm',
      provider: 'openai',
      operation: 'chat',
      model: 'gpt-4o-2024-08-06',
      requestedModel: 'gpt-4o',
      startedAt: '2026-11-20T09:00:00.000Z',
      durationMs: 812,
      firstTokenMs: 140,
      status: 'ok',
      attempts: 1,
      responseId: 'chatcmpl-1',
      streamed: false,
      usage: { input: 176, cachedInput: 1024, output: 340 },
      usageQuality: 'reported',
      serviceTier: 'default',
      customer: 'acme',
      user: 'u1',
      session: 's1',
      run: 'nightly',
      traceId: 'ab'.repeat(16),
      spanId: '8def0123456789ab',
      section: 'agent:researcher',
      environment: 'production',
      release: '1.4.2',
      tags: { feature: 'chat' },
      attributes: { runId: 'job-1' },
    });
  });

  test('without a scope it is for the customer of init, and has no run', () => {
    const event = asStored(makeCall({ startedAtMs: NOW_MS }), { customer: { id: 'only-one' } });
    expect(event).toMatchObject({ customer: 'only-one' });
    expect(event).not.toHaveProperty('traceId');
  });

  test('a call that failed before a model was named is kept', () => {
    const { model: _model, requestedModel: _requested, usage: _usage, ...call } = makeCall({ startedAtMs: NOW_MS });
    const event = asStored({ ...call, status: 'error', usageQuality: 'unknown', error: { code: 'connection', httpStatus: 500 } });
    expect(event).toMatchObject({ requestedModel: 'unknown', status: 'error', error: { code: 'connection', httpStatus: 500 } });
  });

  test('whatever a provider names itself and its models, the collector takes it', () => {
    const text = fc.string({ unit: 'binary', maxLength: 600 });
    fc.assert(
      fc.property(text, text, text, (provider, model, responseId) => {
        const call = makeCall({ startedAtMs: NOW_MS, provider, model, responseId, serviceTier: model, error: { code: responseId } });
        expect(asStored(call)).toMatchObject({ id: ID });
      }),
    );
  });
});

describe('ids of events', () => {
  test('are UUIDs of version 7 in the order they were made, also when the clock is set back', () => {
    let nowMs = NOW_MS;
    const next = createEventIds({ clock: { nowMs: () => nowMs }, randomBytes: (length) => new Uint8Array(length).fill(0xff) });
    const ids = Array.from({ length: 5000 }, (_, index) => {
      if (index % 1000 === 0) nowMs += index === 3000 ? -60_000 : 1;
      return next();
    });
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt((ids[0] ?? '').replace('-', '').slice(0, 12), 16)).toBe(NOW_MS + 1);
  });

  test('of two processes differ', () => {
    const bytes = [1, 2].map((fill) =>
      createEventIds({ clock: { nowMs: () => NOW_MS }, randomBytes: (length) => new Uint8Array(length).fill(fill) })(),
    );
    expect(bytes[0]).not.toBe(bytes[1]);
  });
});

describe('facts about customers', () => {
  test('are told once, until they change', () => {
    const facts = createCustomerFacts();
    facts.note({ id: 'acme', name: 'Acme', user: 'u1' });
    facts.note({ id: 'nameless', user: 'u2' });
    const untold = facts.untold();
    expect([...untold.values()]).toEqual(['{"id":"acme","name":"Acme"}']);
    facts.confirm(untold);
    facts.note({ id: 'acme', name: 'Acme', user: 'u3' });
    expect(facts.untold().size).toBe(0);
    facts.note({ id: 'acme', name: 'Acme Inc.' });
    expect([...facts.untold().values()]).toEqual(['{"id":"acme","name":"Acme Inc."}']);
  });

  test('that changed while they were on the way are told again', () => {
    const facts = createCustomerFacts();
    facts.note({ id: 'acme', plan: 'free' });
    const onTheWay = facts.untold();
    facts.note({ id: 'acme', plan: 'pro' });
    facts.confirm(onTheWay);
    expect([...facts.untold().values()]).toEqual(['{"id":"acme","plan":"pro"}']);
  });

  test('are bounded per batch and in sum', () => {
    const facts = createCustomerFacts();
    for (let index = 0; index < 20_000; index += 1) facts.note({ id: `c${index}`, plan: 'pro' });
    expect(facts.untold().size).toBe(200);
    expect([...facts.untold().keys()][0]).toBe('c10000');
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`${index}${'ä'.repeat(190)}`, 'ä'.repeat(200)]));
    const large = createCustomerFacts();
    for (let index = 0; index < 200; index += 1) large.note({ id: `c${index}`, tags });
    expect(Buffer.byteLength([...large.untold().values()].join(''))).toBeLessThan(250_000);
    expect(large.untold().size).toBeGreaterThan(3);
  });
});
