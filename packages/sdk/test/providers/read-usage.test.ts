import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { openAiReader } from '../../src/providers/openai/open-ai-reader.ts';
import { readQuantities } from '../../src/providers/read-quantities.ts';

const readOpenAiUsage = (usage: unknown) => readQuantities(usage, openAiReader.quantities);

const CASES: readonly (readonly [string, unknown, object | undefined])[] = [
  ['a plain chat', { prompt_tokens: 9, completion_tokens: 12, total_tokens: 21 }, { input: 9, output: 12 }],
  ['a response', { input_tokens: 36, output_tokens: 87, total_tokens: 123 }, { input: 36, output: 87 }],
  [
    'cached input, which the total includes',
    { prompt_tokens: 2006, completion_tokens: 300, prompt_tokens_details: { cached_tokens: 1920 } },
    { input: 86, cachedInput: 1920, output: 300 },
  ],
  [
    'reasoning, which the total includes',
    { input_tokens: 75, output_tokens: 1186, output_tokens_details: { reasoning_tokens: 1024 } },
    { input: 75, output: 162, reasoning: 1024 },
  ],
  [
    'nothing but reasoning',
    { prompt_tokens: 5, completion_tokens: 64, completion_tokens_details: { reasoning_tokens: 64 } },
    { input: 5, reasoning: 64 },
  ],
  [
    'audio in and out',
    {
      prompt_tokens: 182,
      completion_tokens: 250,
      prompt_tokens_details: { audio_tokens: 150, cached_tokens: 0 },
      completion_tokens_details: { audio_tokens: 200, reasoning_tokens: 0 },
    },
    { input: 32, audioInput: 150, output: 50, audioOutput: 200 },
  ],
  [
    'cached audio, told apart inside the cached part',
    {
      input_tokens: 200,
      output_tokens: 1,
      input_tokens_details: { cached_tokens: 120, audio_tokens: 100, cached_tokens_details: { audio_tokens: 80 } },
    },
    { input: 60, cachedInput: 40, audioInput: 20, audioCachedInput: 80, output: 1 },
  ],
  [
    'cache writes, billed since GPT-5.6',
    { prompt_tokens: 3000, completion_tokens: 10, prompt_tokens_details: { cached_tokens: 1024, cache_write_tokens: 1500 } },
    { input: 476, cachedInput: 1024, cacheWrite5m: 1500, output: 10 },
  ],
  [
    "DeepSeek's hits and misses",
    { prompt_tokens: 100, completion_tokens: 5, prompt_cache_hit_tokens: 64, prompt_cache_miss_tokens: 36 },
    { input: 36, cachedInput: 64, output: 5 },
  ],
  [
    "xAI's reasoning, which the total alone includes (an answer of 2026-08)",
    {
      prompt_tokens: 10_120,
      completion_tokens: 1499,
      total_tokens: 14_428,
      prompt_tokens_details: { cached_tokens: 128 },
      completion_tokens_details: { reasoning_tokens: 2809 },
    },
    { input: 9992, cachedInput: 128, output: 1499, reasoning: 2809 },
  ],
  [
    "Perplexity's deep research, whose reasoning not even the total includes (an answer of 2026)",
    {
      prompt_tokens: 33,
      completion_tokens: 11_395,
      total_tokens: 11_428,
      citation_tokens: 19_028,
      num_search_queries: 21,
      reasoning_tokens: 193_947,
    },
    { input: 33, output: 11_395, reasoning: 193_947, webSearches: 21, citationTokens: 19_028 },
  ],
  [
    'reasoning at the top level, which the total includes, as SGLang tells it',
    { prompt_tokens: 10, completion_tokens: 100, total_tokens: 110, reasoning_tokens: 60 },
    { input: 10, output: 40, reasoning: 60 },
  ],
  ['embeddings', { prompt_tokens: 8, total_tokens: 8 }, { input: 8 }],
  ['embeddings that tell a total alone', { total_tokens: 8 }, { input: 8 }],
  ['fractions, which no token has', { prompt_tokens: 7.6, completion_tokens: 2.2 }, { input: 8, output: 2 }],
  ['nothing read at all', { prompt_tokens: 0, completion_tokens: 3 }, { input: 0, output: 3 }],
  ['tools that nobody used, before there is a usage', { web_search: { num_requests: 0 }, image_gen: { output_tokens: 0 } }, undefined],
  ['no usage', null, undefined],
  ['an empty usage', {}, undefined],
  ['texts in the place of numbers', { prompt_tokens: '9', completion_tokens: -1 }, undefined],
];

describe('usage becomes disjoint quantities', () => {
  test.each(CASES)('%s', (_name, usage, expected) => {
    expect(readOpenAiUsage(usage)).toEqual(expected);
  });

  test('the parts always add up to the totals, whatever a provider claims', () => {
    const tokens = fc.integer({ min: 0, max: 1_000_000 });
    const details = fc.record({
      cached_tokens: tokens,
      audio_tokens: tokens,
      reasoning_tokens: tokens,
      image_tokens: tokens,
      cache_write_tokens: tokens,
    });
    const claims = fc.record({
      prompt_tokens: tokens,
      completion_tokens: tokens,
      prompt_tokens_details: details,
      completion_tokens_details: details,
    });
    fc.assert(
      fc.property(claims, (claim) => {
        const usage = readOpenAiUsage(claim) ?? {};
        const sum = Object.values(usage).reduce((total, quantity) => total + quantity, 0);
        // Reasoning beyond the output cannot be within it.
        const { reasoning_tokens: reasoning } = claim.completion_tokens_details;
        const apart = reasoning > claim.completion_tokens ? reasoning : 0;
        expect(sum).toBe(claim.prompt_tokens + claim.completion_tokens + apart);
        expect(Object.values(usage).every((quantity) => quantity >= 0)).toBe(true);
      }),
    );
  });
});
