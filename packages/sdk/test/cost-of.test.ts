import type { SentCostEvent } from '@llmobserve/protocol';
import * as fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { withCustomer } from '../src/index.ts';
import { costOf, recordCalls } from '../src/testing.ts';
import { startChatProvider } from './support/start-chat-provider.ts';

const PRICES = {
  'gpt-4o-2024-08-06': { input: '2.50', cachedInput: '1.25', output: '10' },
  pinecone: { readUnits: '16' },
};

function eventOf(overrides: Partial<SentCostEvent>): SentCostEvent {
  return {
    id: '0198f3a2-0000-7000-8000-000000000000',
    kind: 'llm',
    provider: 'openai',
    startedAt: '2026-11-20T09:00:00.000Z',
    ...overrides,
  };
}

const CALL = eventOf({ model: 'gpt-4o-2024-08-06', usage: { input: 176, cachedInput: 1024, output: 340 } });

describe('a test can assert', () => {
  test('what each of its customers costs', async () => {
    const url = await startChatProvider();
    const calls = recordCalls();
    onTestFinished(() => calls.stop());
    const chat = async (): Promise<void> => {
      const body = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hello' }] });
      await (await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).json();
    };
    await withCustomer('acme', chat);
    await withCustomer('acme', chat);
    await withCustomer('beta', chat);
    const events = await calls.settled();
    expect(costOf(events, PRICES)).toBe('0.000135000000');
    expect(
      costOf(
        events.filter(({ customer }) => customer === 'beta'),
        PRICES,
      ),
    ).toBe('0.000045000000');
  });

  test.each([
    ['nothing', [], '0.000000000000'],
    ['disjoint units', [CALL], '0.005120000000'],
    ['a model by the name it was asked for', [eventOf({ requestedModel: 'gpt-4o-2024-08-06', usage: { output: 1 } })], '0.000010000000'],
    ['fractions of a unit', [eventOf({ kind: 'vector', provider: 'pinecone', usage: { readUnits: 0.25 } })], '0.000004000000'],
    ['what the provider told', [eventOf({ model: 'x', usage: { input: 5 }, reportedCostUsd: '0.0123' })], '0.012300000000'],
    ['a failed call', [eventOf({ model: 'x', status: 'error' })], '0.000000000000'],
  ])('%s', (_name, events, cost) => {
    expect(costOf(events, PRICES)).toBe(cost);
  });

  test('sums that are exact: the sum of parts is the whole', () => {
    const quantity = fc.integer({ min: 0, max: 1_000_000_000 });
    fc.assert(
      fc.property(fc.array(fc.record({ input: quantity, output: quantity }), { maxLength: 20 }), (usages) => {
        const events = usages.map((usage) => eventOf({ model: 'gpt-4o-2024-08-06', usage }));
        const input = usages.reduce((sum, usage) => sum + usage.input, 0);
        const output = usages.reduce((sum, usage) => sum + usage.output, 0);
        expect(costOf(events, PRICES)).toBe(costOf([eventOf({ model: 'gpt-4o-2024-08-06', usage: { input, output } })], PRICES));
      }),
    );
  });
});

describe('a forgotten price is no zero', () => {
  test.each([
    [eventOf({ model: 'gpt-5', usage: { input: 1 } }), 'no price for input of gpt-5 or openai'],
    [eventOf({ model: 'gpt-4o-2024-08-06', usage: { reasoning: 1 } }), 'no price for reasoning of gpt-4o-2024-08-06'],
    [eventOf({ model: 'gpt-4o-2024-08-06', reportedCostUsd: 'much' }), '"much" is no price'],
  ])('%j', (event, message) => {
    expect(() => costOf([event], PRICES)).toThrow(message);
  });

  test('nor is a price that is no decimal', () => {
    expect(() => costOf([CALL], { 'gpt-4o-2024-08-06': { input: '$2.50' } })).toThrow(`"$2.50" is no price for input of gpt-4o-2024-08-06`);
  });
});
