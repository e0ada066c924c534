import { listOf } from './read-members.ts';

/**
 * Counts the tokens of a text as the fakes do, one a word, so that a ledger can be made by hand.
 *
 * @example countWords('How much is  the fish?') // 5
 */
export function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}

/** Counts the tokens of a text, or of all the texts in a list, however deep; anything else has none. */
export function countTexts(value: unknown): number {
  if (typeof value === 'string') return countWords(value);
  return listOf(value).reduce<number>((sum, each) => sum + countTexts(each), 0);
}
