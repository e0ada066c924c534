import { formatUsd, type CostEvent } from '@llmobserve/protocol';
import { expect, test } from 'vitest';
import { explainCost, loadPriceBook, priceEvent } from '../src/index.ts';

const base: CostEvent = {
  id: '0198f3a2-0000-7000-8000-000000000000',
  kind: 'llm',
  provider: 'openai',
  model: 'gpt-4o-2024-08-06',
  startedAt: '2026-11-20T09:00:00.000Z',
  status: 'ok',
  usageQuality: 'reported',
};

test('a chat call costs its quantities at its rates', () => {
  const event = { ...base, usage: { input: 176, cachedInput: 1024, output: 340 } };
  const priced = priceEvent(loadPriceBook(), event);
  expect(formatUsd(priced.costPicoUsd)).toBe('0.005120000000');
  expect(priced.quality).toBe('exact');
  expect(explainCost(priced.card, event).map((line) => line.usd)).toEqual(['0.000440000000', '0.001280000000', '0.003400000000']);
});
