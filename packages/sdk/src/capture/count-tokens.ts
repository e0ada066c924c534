import { TextMeter } from './text-meter.ts';

/** Tells how many tokens a text is. */
export type Tokenizer = (text: string) => number;

/** Gives the tokenizer the app has installed, once it is loaded; asked only when there is something to estimate. */
export type FindTokenizer = () => Tokenizer | undefined;

/** Some tokenizers take quadratic time for a text without spaces; a cut costs a token at most. */
const SLICE_LENGTH = 1000;

/** Counts the tokens of texts that follow each other, such as the pieces of a stream: with a tokenizer if there is one, else about. */
export function countTokens(texts: Iterable<string>, findTokenizer: FindTokenizer | undefined): number {
  const tokenizer = findTokenizer?.();
  if (!tokenizer) return estimateTokens(texts);
  const text = Array.from(texts).join('');
  try {
    let tokens = 0;
    for (let at = 0; at < text.length; at += SLICE_LENGTH) tokens += tokenizer(text.slice(at, at + SLICE_LENGTH));
    return tokens;
  } catch {
    return estimateTokens([text]);
  }
}

function estimateTokens(texts: Iterable<string>): number {
  const meter = new TextMeter();
  for (const text of texts) meter.add(text);
  return meter.tokens;
}
