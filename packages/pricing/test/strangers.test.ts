import { parseCostEvent, parseUsd, USAGE_KEYS } from '@llmobserve/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainCost, loadPriceBook, priceEvent } from '../src/index.ts';
import { makeCall } from './make-call.ts';

const NOW_MS = Date.UTC(2026, 10, 20, 12);
const text = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('constructor', '__proto__', 'toString', 'batch', 'enterprise', 'high'));
const name = fc.oneof(text, fc.constantFrom('gpt-4o', 'gpt-image-1', 'sonar', 'deepseek-v4-pro', 'ft:gpt-4o::', 'arn:aws:bedrock:::/'));
const usage = fc.dictionary(
  fc.oneof(text, fc.constantFrom(...USAGE_KEYS)),
  fc.oneof(fc.nat(), fc.double({ min: 0, max: 1e12, noNaN: true })),
);
const sent = fc.record(
  {
    id: fc.uuid(),
    kind: fc.constantFrom('llm', 'embedding', 'image', 'audio', 'moderation', 'rerank', 'vector', 'batch', 'section', 'custom'),
    provider: fc.oneof(text, fc.constantFrom('openai', 'pinecone', 'perplexity', 'deepseek', 'google', 'bedrock')),
    startedAt: fc.date({ min: new Date('2020-01-01'), max: new Date(NOW_MS), noInvalidDate: true }).map((date) => date.toISOString()),
    model: name,
    operation: text,
    status: fc.constantFrom('ok', 'error', 'cancelled'),
    usage,
    serviceTier: text,
    region: text,
    attributes: fc.dictionary(fc.constantFrom('plan', 'cloud', 'imageSize', 'searchContextSize', '__proto__'), fc.jsonValue()),
    reportedCostUsd: fc.constantFrom('0', '1.5', '1000000'),
  },
  { requiredKeys: ['id', 'kind', 'provider', 'startedAt', 'model'] },
);

test('whatever a stranger may send is priced, and explained by lines that sum to the price', () => {
  fc.assert(
    fc.property(sent, (stranger) => {
      const outcome = parseCostEvent(stranger, NOW_MS);
      if ('problems' in outcome) return;
      const { costPicoUsd, quality, card } = priceEvent(loadPriceBook(), outcome.event);
      const sum = explainCost(card, outcome.event).reduce((total, line) => total + (parseUsd(line.usd) ?? -1n), 0n);
      if (quality !== 'reported') expect(sum).toBe(costPicoUsd);
      expect(sum >= 0n).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('what strangers write makes no more cards than the book tells situations apart', () => {
  const cards = new Set<unknown>();
  for (let count = 0; count < 2000; count += 1) {
    const word = `word-${count}`;
    const attributes = { plan: word, cloud: word, imageSize: word, imageQuality: word, searchContextSize: word };
    for (const [provider, model] of [
      ['openai', 'gpt-4o'],
      ['openai', 'dall-e-3'],
      ['perplexity', 'sonar'],
      ['pinecone', ''],
    ] as const) {
      cards.add(
        priceEvent(loadPriceBook(), makeCall({ provider, model, serviceTier: word, region: word, attributes, usage: { input: count } }))
          .card,
      );
    }
  }
  expect(cards.size).toBe(4);
});

test('equal prices have an equal card id, other prices another', () => {
  const idOf = (model: string): string | undefined => priceEvent(loadPriceBook(), makeCall({ model, usage: { input: 1 } })).card?.id;
  expect(idOf('gpt-4o')).toBe(idOf('gpt-4o-2024-08-06'));
  expect(new Set(['gpt-4o', 'gpt-4o-mini', 'gpt-4o-2024-05-13'].map(idOf)).size).toBe(3);
});
