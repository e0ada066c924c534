import type { Usage, UsageQuality } from '@llmobserve/protocol';
import { readNumber, readText, type Attributes } from './read-attributes.ts';

/**
 * Where the conventions put their quantities: OpenTelemetry's own first, newest names before older ones, then OpenLLMetry,
 * OpenInference, Sentry, Vercel. Read in 2026-11 from their specifications and sources.
 */
const INPUT = [
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.prompt_tokens',
  'llm.usage.prompt_tokens',
  'llm.token_count.prompt',
  'ai.usage.inputTokens',
  'ai.usage.promptTokens',
  'ai.usage.tokens',
];
const OUTPUT = [
  'gen_ai.usage.output_tokens',
  'gen_ai.usage.completion_tokens',
  'llm.usage.completion_tokens',
  'llm.token_count.completion',
  'ai.usage.outputTokens',
  'ai.usage.completionTokens',
];
const TOTAL = ['gen_ai.usage.total_tokens', 'llm.usage.total_tokens', 'llm.token_count.total', 'ai.usage.totalTokens'];

/** Parts that the totals include. */
const INPUT_PARTS: Readonly<Record<string, readonly string[]>> = {
  cachedInput: [
    'gen_ai.usage.cache_read.input_tokens',
    'gen_ai.usage.cache_read_input_tokens',
    'gen_ai.usage.input_tokens.cached',
    'llm.usage.cache_read_input_tokens',
    'llm.token_count.prompt_details.cache_read',
    'ai.usage.inputTokenDetails.cacheReadTokens',
    'ai.usage.cachedInputTokens',
  ],
  cacheWrite5m: [
    'gen_ai.usage.cache_creation.input_tokens',
    // The Anthropic client's own spans say so, from 1.0 on.
    'gen_ai.usage.cache_write.input_tokens',
    'gen_ai.usage.cache_creation_input_tokens',
    'gen_ai.usage.input_tokens.cache_write',
    'llm.usage.cache_creation_input_tokens',
    'llm.token_count.prompt_details.cache_write',
    'ai.usage.inputTokenDetails.cacheWriteTokens',
  ],
  audioInput: ['gen_ai.usage.audio.input_tokens', 'llm.token_count.prompt_details.audio'],
  imageInput: ['gen_ai.usage.image.input_tokens'],
};
const OUTPUT_PARTS: Readonly<Record<string, readonly string[]>> = {
  reasoning: [
    'gen_ai.usage.reasoning.output_tokens',
    'gen_ai.usage.reasoning_tokens',
    'gen_ai.usage.output_tokens.reasoning',
    'llm.usage.reasoning_tokens',
    'llm.token_count.completion_details.reasoning',
    'ai.usage.outputTokenDetails.reasoningTokens',
    'ai.usage.reasoningTokens',
  ],
  audioOutput: ['gen_ai.usage.audio.output_tokens', 'llm.token_count.completion_details.audio'],
};

/** Providers whose input excludes what the cache gave, as Vercel AI 4 and 5 pass it on; from 6 on it has a detail of its own. */
const EXCLUSIVE_PROVIDER = /^(?:anthropic|amazon-bedrock|bedrock)\b/;
const VERCEL_DETAIL = 'ai.usage.inputTokenDetails.noCacheTokens';

export type SpanUsage = { readonly usage: Usage; readonly usageQuality: UsageQuality };

/** Reads what a span says was used, in disjoint quantities; undefined when it says nothing. */
export function readSpanUsage(attributes: Attributes, isInputOnly: boolean): SpanUsage | undefined {
  const input = readNumber(attributes, INPUT);
  const output = readNumber(attributes, OUTPUT);
  const total = readNumber(attributes, TOTAL);
  // A total alone cannot be told apart into what was read and what was written.
  if (!input && !output)
    return total ? { usage: { input: Math.round(total) }, usageQuality: isInputOnly ? 'reported' : 'estimated' } : undefined;
  const usage = {
    ...withoutParts('input', input, { parts: readParts(attributes, INPUT_PARTS), areOutside: isExclusive(attributes) }),
    ...withoutParts('output', output, { parts: readParts(attributes, OUTPUT_PARTS), areOutside: false }),
  };
  return { usage, usageQuality: 'reported' };
}

function isExclusive(attributes: Attributes): boolean {
  const provider = readText(attributes, ['ai.model.provider']);
  return provider !== undefined && EXCLUSIVE_PROVIDER.test(provider) && attributes[VERCEL_DETAIL] === undefined;
}

function readParts(attributes: Attributes, names: Readonly<Record<string, readonly string[]>>): readonly (readonly [string, number])[] {
  return Object.entries(names).flatMap(([key, from]) => {
    const tokens = readNumber(attributes, from);
    return tokens ? [[key, Math.round(tokens)] as const] : [];
  });
}

type Parts = { readonly parts: readonly (readonly [string, number])[]; readonly areOutside: boolean };

/** Parts larger than the whole were never in it. */
function withoutParts(key: string, whole: number | undefined, { parts, areOutside }: Parts): Usage {
  const inParts = parts.reduce((sum, [, tokens]) => sum + tokens, 0);
  const rest = whole === undefined ? undefined : Math.round(whole) - (areOutside || inParts > whole ? 0 : inParts);
  return { ...(rest ? { [key]: rest } : {}), ...Object.fromEntries(parts) };
}
