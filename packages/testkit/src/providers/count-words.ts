/**
 * Counts the tokens of a text as the fakes do, one a word, so that a ledger can be made by hand.
 *
 * @example countWords('How much is  the fish?') // 5
 */
export function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
