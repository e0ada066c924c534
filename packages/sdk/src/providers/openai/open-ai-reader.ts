import { createReader } from '../create-reader.ts';
import type { Reader } from '../provider.ts';

const IN = 'prompt_tokens_details';
const OUT = 'completion_tokens_details';

/** Chat says prompt and completion tokens, responses say input and output tokens; compatible hosts add words of their own. */
export const openAiReader: Reader = createReader({
  // Groq puts a stream's usage into a member of its own, Mistral the pages of a document.
  usage: 'usage|x_groq.usage|usage_info',
  tier: 'service_tier|usage.service_tier',
  wrapper: 'response',
  rows: [
    // Embeddings of some hosts tell a total and nothing else; it is all input. Voyage's total counts pixels too, which it bills apart.
    ['input', 'prompt_tokens|input_tokens|text_tokens|total_tokens'],
    // DeepSeek tells hits beside the total, Moonshot at the top level.
    ['cachedInput', `${IN}.cached_tokens|input_tokens_details.cached_tokens|prompt_cache_hit_tokens|cached_tokens`, 'input'],
    ['audioCachedInput', `${IN}.cached_tokens_details.audio_tokens|input_tokens_details.cached_tokens_details.audio_tokens`, 'cachedInput'],
    ['cacheWrite5m', `${IN}.cache_write_tokens|input_tokens_details.cache_write_tokens`, 'input'],
    ['audioInput', `${IN}.audio_tokens|input_tokens_details.audio_tokens`, 'input', 'audioCachedInput'],
    ['imageInput', `${IN}.image_tokens|input_tokens_details.image_tokens`, 'input'],
    ['output', 'completion_tokens|output_tokens'],
    // xAI counts it beside the completion, and says so by its total alone (2026-02).
    ['reasoning', `${OUT}.reasoning_tokens|output_tokens_details.reasoning_tokens|reasoning_tokens`, 'output?'],
    ['audioOutput', `${OUT}.audio_tokens|output_tokens_details.audio_tokens`, 'output'],
    ['imageOutput', `${OUT}.image_tokens|output_tokens_details.image_tokens`, 'output'],
    ['seconds', 'prompt_audio_seconds'],
    ['pages', 'pages_processed'],
    ['imagePixels', 'image_pixels'],
  ],
});

/** Reasoning stands beside the completion and outside of the total; searches and citations are billed too (2026-11). */
export const perplexityReader: Reader = createReader({
  usage: 'usage',
  wrapper: 'response',
  rows: [
    ['input', 'prompt_tokens|input_tokens'],
    ['output', 'completion_tokens|output_tokens'],
    ['reasoning', 'reasoning_tokens'],
    ['webSearches', 'num_search_queries'],
    ['citationTokens', 'citation_tokens'],
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
