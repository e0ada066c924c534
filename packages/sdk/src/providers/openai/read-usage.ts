import { isJsonRecord, type JsonRecord, type Usage } from '@llmobserve/protocol';
import { tokensIn, recordIn } from '../read-value.ts';

/**
 * Turns OpenAI's usage, whose totals include their parts, into disjoint quantities.
 * Chat says prompt and completion tokens, responses say input and output tokens; compatible hosts add words of their own.
 */
export function readOpenAiUsage(usage: unknown): Usage | undefined {
  if (!isJsonRecord(usage)) return undefined;
  const input = tokensIn(usage, 'prompt_tokens') ?? tokensIn(usage, 'input_tokens');
  const output = tokensIn(usage, 'completion_tokens') ?? tokensIn(usage, 'output_tokens');
  if (input === undefined && output === undefined) return totalOnly(usage);
  return withoutZeros({ ...readInput(usage, input ?? 0), ...readOutput(usage, output ?? 0) });
}

/** Embeddings of some hosts tell a total and nothing else; it is all input. */
function totalOnly(usage: JsonRecord): Usage | undefined {
  const total = tokensIn(usage, 'total_tokens');
  return total === undefined ? undefined : { input: total };
}

function readInput(usage: JsonRecord, total: number): Usage {
  const details = firstRecord(usage, ['prompt_tokens_details', 'input_tokens_details']);
  // DeepSeek tells hits beside the total, Moonshot at the top level.
  const cachedTold =
    tokensIn(details, 'cached_tokens') ?? tokensIn(usage, 'prompt_cache_hit_tokens') ?? tokensIn(usage, 'cached_tokens') ?? 0;
  const cachedInput = Math.min(cachedTold, total);
  const cacheWrite5m = Math.min(tokensIn(details, 'cache_write_tokens') ?? 0, total - cachedInput);
  const cachedDetails = recordIn(details, 'cached_tokens_details');
  const audioCachedInput = Math.min(tokensIn(cachedDetails, 'audio_tokens') ?? 0, cachedInput);
  const rest = total - cachedInput - cacheWrite5m;
  const audioInput = Math.min(Math.max((tokensIn(details, 'audio_tokens') ?? 0) - audioCachedInput, 0), rest);
  const imageInput = Math.min(tokensIn(details, 'image_tokens') ?? 0, rest - audioInput);
  return {
    input: rest - audioInput - imageInput,
    cachedInput: cachedInput - audioCachedInput,
    cacheWrite5m,
    audioInput,
    audioCachedInput,
    imageInput,
  };
}

function readOutput(usage: JsonRecord, total: number): Usage {
  const details = firstRecord(usage, ['completion_tokens_details', 'output_tokens_details']);
  const reasoning = Math.min(tokensIn(details, 'reasoning_tokens') ?? 0, total);
  const audioOutput = Math.min(tokensIn(details, 'audio_tokens') ?? 0, total - reasoning);
  const imageOutput = Math.min(tokensIn(details, 'image_tokens') ?? 0, total - reasoning - audioOutput);
  return { output: total - reasoning - audioOutput - imageOutput, reasoning, audioOutput, imageOutput };
}

function firstRecord(usage: JsonRecord, names: readonly string[]): JsonRecord {
  return recordIn(usage, names.find((name) => isJsonRecord(usage[name])) ?? '');
}

/** Input stays even when nothing was read: a usage of nothing at all would look like none. */
function withoutZeros(usage: Usage): Usage {
  const kept: Record<string, number> = {};
  for (const key in usage) {
    const quantity = usage[key] ?? 0;
    if (quantity > 0 || key === 'input') kept[key] = quantity;
  }
  return kept;
}
