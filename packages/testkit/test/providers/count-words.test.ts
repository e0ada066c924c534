import { expect, test } from 'vitest';
import { countTexts, countWords } from '../../src/providers/index.ts';

test.each([
  ['', 0],
  ['one', 1],
  ['  one\n two\t three  ', 3],
  ['naïve — café', 3],
])('%j has %i words', (text, words) => {
  expect(countWords(text)).toBe(words);
  expect(countTexts(text)).toBe(words);
});

test('texts are counted in lists of lists, and nothing else is', () => {
  expect(countTexts(['one', ['two words', ['three more words']], 7, undefined, { text: 'not seen' }])).toBe(6);
  expect([7, null, undefined, {}].map(countTexts)).toEqual([0, 0, 0, 0]);
});
