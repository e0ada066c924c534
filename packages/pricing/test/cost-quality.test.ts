import { describe, expect, test } from 'vitest';
import { loadPriceBook, priceEvent } from '../src/index.ts';
import { callOf, costOf, linesOf, makeCall, usdOf } from './make-call.ts';

const USAGE = { input: 1000, output: 1000 };
const ZERO = '0.000000000000';

describe('reported', () => {
  test("the provider's own figure wins, and the book's lines stand beside it", () => {
    const call = callOf('openrouter/openai/gpt-4o', USAGE, { reportedCostUsd: '0.0123' });
    expect(costOf(call)).toMatchObject({ usd: '0.012300000000', quality: 'reported' });
    expect(linesOf(call).map(({ usd }) => usd)).toEqual(['0.002500000000', '0.010000000000']);
  });

  test('a figure for a model that is not in the book is reported too', () => {
    expect(costOf(callOf('openrouter/acme/new', USAGE, { reportedCostUsd: '0.5' }))).toMatchObject({
      usd: '0.500000000000',
      quality: 'reported',
    });
  });

  test('a reported zero is a figure', () => {
    expect(costOf(callOf('openai/gpt-4o', USAGE, { reportedCostUsd: '0' }))).toMatchObject({ usd: ZERO, quality: 'reported' });
  });
});

describe('unpriced', () => {
  test('an unknown provider or model, with the units that were used', () => {
    expect(costOf(callOf('acme/gpt-4o', USAGE))).toEqual({ usd: ZERO, quality: 'unpriced', unpriced: ['input', 'output'] });
    expect(costOf(callOf('openai/gpt-99', USAGE))).toEqual({ usd: ZERO, quality: 'unpriced', unpriced: ['input', 'output'] });
  });

  test('a unit without a rate, while the others are counted', () => {
    expect(costOf(callOf('openai/gpt-4o', { ...USAGE, cacheWrite1h: 10 }))).toEqual({
      usd: '0.012500000000',
      quality: 'unpriced',
      unpriced: ['cacheWrite1h'],
    });
  });

  test('a key the contract does not know', () => {
    expect(costOf(callOf('openai/gpt-4o', { ...USAGE, gpuMinutes: 1 }))).toMatchObject({ quality: 'unpriced', unpriced: ['gpuMinutes'] });
  });

  test('a successful call of which nobody knows the usage', () => {
    expect(costOf(makeCall())).toMatchObject({ usd: ZERO, quality: 'unpriced' });
    expect(costOf(callOf('openai/gpt-4o', USAGE, { usageQuality: 'unknown' }))).toMatchObject({
      usd: '0.012500000000',
      quality: 'unpriced',
    });
  });

  test('a cancelled call of which nobody knows the usage: the provider may bill it', () => {
    expect(costOf(makeCall({ status: 'cancelled' }))).toMatchObject({ usd: ZERO, quality: 'unpriced' });
  });

  test('a service tier that is not in the book, rather than the price of another', () => {
    expect(costOf(callOf('openai/gpt-4o', USAGE, { serviceTier: 'scale' }))).toMatchObject({ usd: ZERO, quality: 'unpriced' });
  });

  test('a quantity of zero needs no rate', () => {
    expect(costOf(callOf('openai/gpt-4o', { ...USAGE, cacheWrite1h: 0 }))).toMatchObject({ quality: 'exact' });
  });
});

test('estimated usage makes an estimated cost', () => {
  expect(costOf(callOf('openai/gpt-4o', USAGE, { usageQuality: 'estimated' }))).toMatchObject({
    usd: '0.012500000000',
    quality: 'estimated',
  });
});

describe('free', () => {
  test.each([
    ['moderation', makeCall({ kind: 'moderation', operation: 'moderation', model: 'omni-moderation-latest' })],
    ['a token count', callOf('anthropic/claude-sonnet-4-5', { input: 1000 }, { operation: 'countTokens' })],
    ['a listing', makeCall({ kind: 'custom', operation: 'list' })],
    ['a failed call', makeCall({ status: 'error', error: { code: 'rate_limit', httpStatus: 429 } })],
    ['a failed call of a model nobody knows', makeCall({ status: 'error', model: 'gpt-99' })],
    ['a section', makeCall({ kind: 'section', usageQuality: 'unknown' })],
  ])('%s is exactly nothing', (_what, call) => {
    expect(costOf(call)).toEqual({ usd: ZERO, quality: 'exact', unpriced: [] });
    expect(linesOf(call)).toEqual([]);
  });

  test('a failed call that used tokens is charged for them', () => {
    expect(usdOf(callOf('openai/gpt-4o', USAGE, { status: 'error' }))).toBe('0.012500000000');
  });

  test('a listing of a vector store that reports read units is charged for them', () => {
    expect(usdOf(callOf('pinecone/index', { readUnits: 1 }, { kind: 'vector', operation: 'list' }))).toBe('0.000016000000');
  });
});

describe('requests', () => {
  test('a fee counts one request unless the call says otherwise', () => {
    expect(usdOf(callOf('perplexity/sonar', {}, { usageQuality: 'reported' }))).toBe('0.005000000000');
    expect(usdOf(callOf('perplexity/sonar', { requests: 3 }))).toBe('0.015000000000');
    expect(usdOf(callOf('perplexity/sonar', { requests: 0 }))).toBe(ZERO);
  });

  test('where there is no fee, the number of requests is information', () => {
    expect(usdOf(callOf('openai/gpt-4o', { ...USAGE, requests: 7 }))).toBe('0.012500000000');
  });
});

describe('images', () => {
  test('a model with rates by size and quality is priced by the picture', () => {
    const picture = (imageSize: string, imageQuality?: string): string =>
      usdOf(callOf('openai/dall-e-3', { images: 2 }, { kind: 'image', attributes: { imageSize, ...(imageQuality && { imageQuality }) } }));
    expect(picture('1024x1024')).toBe('0.080000000000');
    expect(picture('1024x1024', 'hd')).toBe('0.160000000000');
    expect(picture('1792x1024', 'HD')).toBe('0.240000000000');
    expect(picture('9x9')).toBe('unpriced 0.000000000000 images');
  });
});

describe('pictures that are priced by the token', () => {
  test('are information beside their tokens', () => {
    expect(usdOf(callOf('openai/gpt-image-1', { images: 1, imageOutput: 1000 }, { kind: 'image' }))).toBe('0.040000000000');
  });

  test('are unpriced, not free, where nobody told their tokens', () => {
    expect(usdOf(callOf('openai/gpt-image-1', { images: 1 }, { kind: 'image' }))).toBe('unpriced 0.000000000000 images');
    expect(usdOf(callOf('openai/gpt-image-1', { images: 1, input: 0 }, { kind: 'image' }))).toBe('unpriced 0.000000000000 images');
  });

  test.each(['google/claude-3-haiku', 'google/gemini-embedding-001', 'google/gemini-live-2.5-flash'])(
    'and have no price at %s, whose page lists none',
    (name) => {
      expect(usdOf(callOf(name, { imageInput: 1000 }))).toMatch(/^unpriced/);
    },
  );
});

describe('the model that answered', () => {
  test('decides the price, not the one that was asked for', () => {
    expect(usdOf(callOf('openai/gpt-4o-mini', USAGE, { requestedModel: 'gpt-4o' }))).toBe('0.000750000000');
    expect(costOf(callOf('openai/gpt-99', USAGE, { requestedModel: 'gpt-4o' }))).toMatchObject({ quality: 'unpriced' });
  });

  test('is stood in for by the one that was asked for where none is named', () => {
    const { model: _model, ...call } = makeCall({ usage: USAGE, usageQuality: 'reported', requestedModel: 'gpt-4o' });
    expect(usdOf(call)).toBe('0.012500000000');
  });
});

test('the same situation gives the same card, and another situation another', () => {
  const book = loadPriceBook();
  const [one, again] = [
    priceEvent(book, callOf('openai/gpt-4o', USAGE)),
    priceEvent(book, callOf('openai/gpt-4o-2024-08-06', { input: 1 })),
  ];
  const batch = priceEvent(book, callOf('openai/gpt-4o', USAGE, { serviceTier: 'batch' }));
  expect(one.card?.id).toMatch(/^[0-9a-f]{32}$/);
  expect(again.card).toBe(one.card);
  expect(batch.card?.id).not.toBe(one.card?.id);
});
