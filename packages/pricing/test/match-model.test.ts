import { describe, expect, test } from 'vitest';
import { loadPriceBook } from '../src/index.ts';
import { callOf, costOf, usdOf } from './make-call.ts';

const USAGE = { input: 1_000_000 };
const inputPrice = (name: string): string => usdOf(callOf(name, USAGE)).replace(/0+$/, '');
const isPriced = (name: string): boolean => costOf(callOf(name, USAGE)).quality === 'exact';

test.each([
  ['an exact name', 'openai/gpt-4o', '2.5'],
  ['another case', 'openai/GPT-4o', '2.5'],
  ['an alias', 'openai/gpt-35-turbo', '0.5'],
  ['a snapshot with a price of its own', 'openai/gpt-4o-2024-05-13', '5.'],
  ['a snapshot by date', 'openai/gpt-4.1-2025-04-14', '2.'],
  ['a snapshot nobody listed', 'openai/gpt-4.1-2027-01-31', '2.'],
  ['a compact date', 'anthropic/claude-haiku-4-5-20251001', '1.'],
  ['a date after an at sign', 'vertex/claude-sonnet-4-6@20260205', '3.'],
  ['a fine-tuned model, at the price of fine-tuned models', 'openai/ft:gpt-4o-mini-2024-07-18:acme::9XyZ', '0.3'],
  ['a fine-tuned model of an undated base', 'openai/ft:gpt-4.1:acme:support:AbC', '3.'],
  ['a path before the name', 'google/models/gemini-2.5-flash', '0.3'],
  ['a publisher before the name', 'vertex/publishers/google/models/gemini-2.5-flash', '0.3'],
  ['a regional profile of Bedrock', 'bedrock/eu.anthropic.claude-haiku-4-5-20251001-v1:0', '1.1'],
  ['a global profile of Bedrock', 'bedrock/global.anthropic.claude-haiku-4-5-20251001-v1:0', '1.'],
  ['a regional profile that costs the same', 'bedrock/us.amazon.nova-lite-v1:0', '0.06'],
  ['an ARN of Bedrock', 'bedrock/arn:aws:bedrock:us-east-1:1234:inference-profile/us.anthropic.claude-3-haiku-20240307-v1:0', '0.25'],
  ['a model that Azure only resells', 'azure/claude-haiku-4-5', '1.'],
  ['a small model whose name begins like a larger one', 'google/gemini-1.5-flash-8b', '0.075'],
  ['a name that ends in a month and a year', 'cohere/command-r-plus-08-2024', '2.5'],
  ['another, with a price of its own', 'google/gemini-2.5-flash-preview-09-2025', '0.3'],
  ['an alias that ends in a nought', 'anthropic/claude-opus-4-0', '15'],
  ['a version at the end', 'bedrock/amazon.titan-embed-text-v1', '0.1'],
  ['a name with a slash', 'groq/openai/gpt-oss-120b', '0.15'],
])('%s is found: %s', (_what, name, usd) => {
  expect(inputPrice(name)).toMatch(new RegExp(`^${usd.replace('.', '\\.')}`));
});

describe('never by a part of its name', () => {
  test.each([
    'openai/gpt-4o-something-new',
    'openai/my-gpt-4o',
    'openai/gpt-4o-2024-13-45',
    'openai/gpt-4o-20240806x',
    'openai/gpt-5-nano-turbo',
    'openai/gpt-4o-mini-realtime-next',
    'openai/ft:gpt-99:acme::1',
    'openai/ft:gpt-4o-something-new:acme::1',
    'anthropic/claude-sonnet-9',
    'anthropic/claude-haiku-4-5-turbo',
    'anthropic/my-claude-opus-4-5',
    'google/gemini-2.5-pro-experimental',
    'google/tuned/gemini-2.5-pro',
    'bedrock/amazon.titan-embed-text-v2:0',
    'bedrock/xx.anthropic.claude-haiku-4-5-20251001-v1:0',
    'bedrock/arn:aws:bedrock:us-east-1:1234:application-inference-profile/abc',
    'deepseek/deepseek-v5',
    'deepseek/deepseek-chat-next',
    'azure/my-o4-mini-deployment',
    'mistral/magistral-medium-next',
    'xai/grok-99',
  ])('%s is a miss', (name) => {
    expect(isPriced(name)).toBe(false);
  });

  test('a letter more or less at either end of any name in the book never finds its model', () => {
    for (const [provider, { byName }] of loadPriceBook().providers) {
      const names = [...byName.keys()].filter((name) => name !== '');
      for (const name of names.filter((_name, index) => index % 7 === 0)) {
        for (const other of [`${name}q`, `q${name}`, name.slice(1), name.slice(0, -1)]) {
          const owner = byName.get(other.toLowerCase());
          const found = costOf(callOf(`${provider}/${other}`, USAGE)).quality !== 'unpriced';
          expect(found && owner === undefined && !isSnapshotOf(other, byName), `${provider}/${other}`).toBe(false);
        }
      }
    }
  });
});

/** Cutting a sign can leave a true snapshot name, or a path that is allowed before one. */
function isSnapshotOf(name: string, byName: ReadonlyMap<string, unknown>): boolean {
  const bare = name.replace(/^(?:models|google|publishers\/google\/models)\//, '');
  return byName.has(bare) || byName.has(bare.replace(/[-@]20\d\d-?\d\d-?\d\d(?:-v\d+(?::\d+)?)?$/, ''));
}
