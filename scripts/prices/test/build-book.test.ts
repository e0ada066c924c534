import { readFileSync } from 'node:fs';
import { calcPrice, waitForUpdate, type MatchLogic } from '@pydantic/genai-prices';
import { formatUsd, type CostEvent } from '@llmobserve/protocol';
import { openPriceBook, priceEvent, type PriceBookFile } from '@llmobserve/pricing';
import { expect, test } from 'vitest';
import { buildBook } from '../build-book.ts';
import { formatBook } from '../format-book.ts';
import { readOverlays } from '../read-overlay.ts';

const COMMITTED = readFileSync(new URL('../../../packages/pricing/src/book/prices.json', import.meta.url), 'utf8');
const built = await buildBook();

test('the committed book is, byte for byte, what the script builds', () => {
  expect(formatBook(built)).toBe(COMMITTED);
});

test('a formatted book reads back as it was', () => {
  expect(JSON.parse(COMMITTED)).toEqual(JSON.parse(JSON.stringify(built)));
});

/** How the library calls the providers that the contract names otherwise. */
const LIBRARY_NAMES: Readonly<Record<string, string>> = { bedrock: 'aws', xai: 'x-ai', moonshot: 'moonshotai', voyage: 'voyageai' };
const OUR_NAMES = Object.fromEntries(Object.entries(LIBRARY_NAMES).map(([ours, theirs]) => [theirs, ours]));
const INSTANT = '2026-09-22T12:00:00.000Z';

test('what the overlay leaves alone costs what the library says, for every name', () => {
  const book = openPriceBook(built);
  const touched = new Set(readOverlays().flatMap(({ provider, models = [] }) => models.map(({ id }) => `${provider}/${id}`)));
  let compared = 0;
  for (const { provider, models } of built.providers) {
    for (const model of models.filter(({ id }) => !touched.has(`${provider}/${id}`))) {
      for (const name of [model.id, ...(model.aliases ?? [])]) {
        const theirs = libraryPrice(provider, name);
        if (theirs === undefined) continue;
        const ours = priceEvent(book, callOf(provider, name));
        expect(Number(formatUsd(ours.costPicoUsd)), `${provider}/${name}`).toBeCloseTo(theirs, 9);
        compared += 1;
      }
    }
  }
  expect(compared).toBeGreaterThan(3000);
});

test('every exact name of the library is in the book, whatever it ends in', async () => {
  const missing: string[] = [];
  for (const { id, models } of (await waitForUpdate()) ?? []) {
    const name = OUR_NAMES[id] ?? id;
    const listed = new Set(
      built.providers.find(({ provider }) => provider === name)?.models.flatMap((model) => [model.id, ...(model.aliases ?? [])]),
    );
    const priced = models.filter(({ prices }) => Object.keys(prices).length > 0);
    const exact = priced.flatMap(({ match }) => exactNames(match)).map((text) => text.toLowerCase());
    missing.push(...exact.filter((text) => !listed.has(text)).map((text) => `${name}/${text}`));
  }
  expect(missing).toEqual([]);
});

function exactNames(rule: MatchLogic): readonly string[] {
  if ('or' in rule) return rule.or.flatMap(exactNames);
  return 'equals' in rule ? [rule.equals] : [];
}

const [INPUT_TOKENS, OUTPUT_TOKENS] = [1000, 500];

function libraryPrice(provider: string, name: string): number | undefined {
  const usage = { input_tokens: INPUT_TOKENS, output_tokens: OUTPUT_TOKENS };
  return calcPrice(usage, name, { providerId: LIBRARY_NAMES[provider] ?? provider, timestamp: new Date(INSTANT) })?.total_price;
}

function callOf(provider: string, model: string): CostEvent {
  return {
    id: '0198f3a2-0000-7000-8000-000000000000',
    kind: 'llm',
    provider,
    model,
    startedAt: INSTANT,
    status: 'ok',
    usage: { input: INPUT_TOKENS, output: OUTPUT_TOKENS },
    usageQuality: 'reported',
  };
}

test('every provider of the contract that the library knows is in the book under its own name', () => {
  const providers = (JSON.parse(COMMITTED) as PriceBookFile).providers.map(({ provider }) => provider);
  expect(providers).toEqual(
    expect.arrayContaining([
      'openai',
      'azure',
      'anthropic',
      'bedrock',
      'google',
      'vertex',
      'mistral',
      'cohere',
      'deepseek',
      'xai',
      'groq',
      'together',
      'fireworks',
    ]),
  );
  expect(providers).toEqual(expect.arrayContaining(['openrouter', 'moonshot', 'cerebras', 'voyage', 'perplexity', 'pinecone']));
  expect(providers).not.toContain('aws');
});
