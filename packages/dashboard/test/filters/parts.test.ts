import { parseUsd } from '@llmobserve/protocol';
import type { CostGroup } from '@llmobserve/protocol';
import { expect, test } from 'vitest';

import { foldModels } from '../../src/api/fold-models.ts';
import { valueText } from '../../src/filters/dimension-text.ts';
import { askParts, isPartChosen, togglePart } from '../../src/filters/parts.ts';
import { reportOf, series } from '../cost-report.ts';

const PINECONE = '\u0000pinecone';

function group(model: string | null, provider: string, cost: bigint): CostGroup {
  const costUsd = `0.${cost.toString().padStart(12, '0')}`;
  return {
    key: { model, provider },
    costUsd,
    calls: 2,
    share: 0.25,
    previousCostUsd: costUsd,
    previousCalls: 1,
    series: series([cost, 0n]),
  };
}

test('a model of two providers is one part with the sum of both, and parts stand dearest first', () => {
  const report = {
    ...reportOf('model', []),
    groups: [group('o3', 'openai', 50n), group('gpt-4o', 'openai', 40n), group('gpt-4o', 'azure', 20n)],
  };
  const [first, second] = foldModels(report).groups;
  expect(first?.key).toEqual({ model: 'gpt-4o' });
  expect(parseUsd(first?.costUsd ?? '')).toBe(60n);
  expect(parseUsd(first?.previousCostUsd ?? '')).toBe(60n);
  expect(first).toMatchObject({ calls: 4, previousCalls: 2, share: 0.5 });
  expect(first?.series).toHaveLength(4);
  expect(second?.key).toEqual({ model: 'o3' });
});

test('calls without a model go by their provider, each provider for itself', () => {
  const report = { ...reportOf('model', []), groups: [group(null, 'pinecone', 9n), group(null, 'qdrant', 8n)] };
  expect(foldModels(report).groups.map(({ key }) => valueText('model', key['model'] ?? null))).toEqual(['pinecone', 'qdrant']);
});

test('a report divided another way stays as it is', () => {
  const report = reportOf('customer', [{ name: null, costs: [1n] }]);
  expect(foldModels(report)).toBe(report);
  expect(askParts('customer', 8)).toEqual({ groupBy: ['customer'], limit: 8 });
  expect(askParts('model', 8).groupBy).toEqual(['model', 'provider']);
});

test('a part without a model is filtered by its provider, exactly, and let go of again', () => {
  const chosen = togglePart({ model: ['gpt-4o'], section: ['a'] }, 'model', PINECONE);
  expect(chosen).toEqual({ model: [''], provider: ['pinecone'], section: ['a'] });
  expect(isPartChosen(chosen, 'model', PINECONE)).toBe(true);
  expect(isPartChosen(chosen, 'model', '\u0000qdrant')).toBe(false);
  expect(togglePart(chosen, 'model', PINECONE)).toEqual({ section: ['a'] });
});

test('any other part is filtered by its value', () => {
  expect(togglePart({}, 'model', 'gpt-4o')).toEqual({ model: ['gpt-4o'] });
  expect(togglePart({ customer: [''] }, 'customer', '')).toEqual({});
  expect(isPartChosen({ provider: ['openai'] }, 'provider', 'openai')).toBe(true);
});
