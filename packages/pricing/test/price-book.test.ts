import { expect, test } from 'vitest';
import { loadPriceBook } from '../src/index.ts';

/** Pins what the book must never lose; more is welcome. */
const LEAST_MODELS: Readonly<Record<string, number>> = {
  openai: 100,
  anthropic: 25,
  google: 55,
  vertex: 55,
  azure: 150,
  bedrock: 90,
  mistral: 35,
  cohere: 14,
  deepseek: 8,
  xai: 22,
  groq: 28,
  together: 65,
  fireworks: 30,
  openrouter: 550,
  moonshot: 13,
  cerebras: 6,
  voyage: 28,
  perplexity: 9,
  pinecone: 1,
};

test.each(Object.entries(LEAST_MODELS))('the book prices at least this many models of %s: %i', (provider, least) => {
  const prices = loadPriceBook().providers.get(provider);
  expect(new Set(prices?.byName.values()).size).toBeGreaterThanOrEqual(least);
});

test('every price has a source with a page and the day it was checked', () => {
  const { providers, sources, publishedAt } = loadPriceBook();
  for (const { byName } of providers.values()) {
    for (const { prices } of byName.values()) {
      for (const { source } of prices)
        expect(sources[source]).toMatchObject({
          url: expect.stringMatching(/^https:\/\//),
          checked: expect.stringMatching(/^2026-\d\d-\d\d$/),
        });
    }
  }
  expect(publishedAt).toBe('2026-11-20');
});

test('the version names the content', () => {
  expect(loadPriceBook().version).toMatch(/^2026-11-20\.[0-9a-f]{12}$/);
});

test('the book is opened once', () => {
  expect(loadPriceBook()).toBe(loadPriceBook());
});
