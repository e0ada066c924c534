import { createReader } from '../create-reader.ts';
import type { Reader } from '../provider.ts';

/** Chat and responses have their own words for the same place. */
const inside = (name: string): string => `prompt_tokens_details.${name}|input_tokens_details.${name}`;
const outside = (name: string): string => `completion_tokens_details.${name}|output_tokens_details.${name}`;

/** Chat says prompt and completion tokens, responses say input and output tokens; compatible hosts add words of their own. */
export const openAiReader: Reader = createReader({
  // Groq puts a stream's usage into a member of its own, Mistral the pages of a document, OpenAI what its own tools used.
  usage: 'usage|x_groq.usage|usage_info|tool_usage',
  tier: 'service_tier|usage.service_tier',
  // Some hosts tell a chat's usage so far with every piece (Perplexity, 2026): then one that is whole must say it is the end.
  final: /^(?!.*"finish_reason": ?null).*[}\]]\s*$/s,
  // Together puts a batch that was made into one.
  wrapper: 'response|job',
  rows: [
    // Embeddings of some hosts tell a total and nothing else; it is all input. Voyage's total counts pixels too, which it bills apart.
    ['input', 'prompt_tokens|input_tokens|text_tokens|total_tokens'],
    // DeepSeek tells hits beside the total, Moonshot at the top level.
    ['cachedInput', `${inside('cached_tokens')}|prompt_cache_hit_tokens|cached_tokens`, 'input'],
    ['audioCachedInput', inside('cached_tokens_details.audio_tokens'), 'cachedInput'],
    ['cacheWrite5m', inside('cache_write_tokens'), 'input'],
    ['audioInput', inside('audio_tokens'), 'input', 'audioCachedInput'],
    ['imageCachedInput', inside('cached_tokens_details.image_tokens'), 'cachedInput'],
    ['imageInput', inside('image_tokens'), 'input', 'imageCachedInput'],
    ['output', 'completion_tokens|output_tokens'],
    // xAI counts it beside the completion, and says so by its total alone (2026-02); so does Perplexity, without a word (2026).
    ['reasoning', `${outside('reasoning_tokens')}|reasoning_tokens`, 'output?'],
    ['audioOutput', outside('audio_tokens'), 'output'],
    ['imageOutput', outside('image_tokens'), 'output'],
    // Pictures that a response had made cost what the model for pictures does.
    ['imageInput', 'image_gen.input_tokens'],
    ['imageOutput', 'image_gen.output_tokens'],
    ['webSearches', 'web_search.num_requests|num_search_queries'],
    ['citationTokens', 'citation_tokens'],
    ['seconds', 'prompt_audio_seconds'],
    ['pages', 'pages_processed'],
    ['imagePixels', 'image_pixels'],
  ],
});

/** Tokens, or the seconds that were listened to, which the longest form of answer tells by itself. */
export const transcriptReader: Reader = createReader({
  usage: 'usage|',
  rows: [
    ['input', 'input_tokens'],
    ['audioInput', 'input_token_details.audio_tokens', 'input'],
    ['output', 'output_tokens'],
    ['seconds', 'seconds|duration|prompt_audio_seconds'],
  ],
});
