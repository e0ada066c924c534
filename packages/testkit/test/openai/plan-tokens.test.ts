import { expect, test } from 'vitest';
import { planTokens, type TokenAsk } from '../../src/openai/plan-tokens.ts';

const ask: TokenAsk = { model: 'gpt-4o', inputWords: 10, audioParts: 0, wantsAudio: false, outputLimit: 20, effort: undefined, hash: 5 };

test.each<[string, Partial<TokenAsk>, object]>([
  ['words in, limit out', {}, { input: 10, output: 20, cachedInput: 0, reasoning: 0 }],
  ['no limit: 8 to 40 by hash', { outputLimit: undefined, hash: 34 }, { output: 9 }],
  ['1023 words are not cached', { inputWords: 1023 }, { cachedInput: 0 }],
  ['half of 1024 words is cached', { inputWords: 1024 }, { cachedInput: 512 }],
  ['cached in steps of 128', { inputWords: 1300 }, { cachedInput: 640 }],
  ['medium effort unless said', { model: 'o4-mini', outputLimit: undefined, hash: 0 }, { reasoning: 128, output: 136 }],
  ['reasoning leaves a token to speak', { model: 'gpt-5', outputLimit: 10, effort: 'high' }, { reasoning: 9, output: 10 }],
  ['chat models do not reason', { model: 'gpt-5-chat-latest' }, { reasoning: 0 }],
  ['audio in counts as input', { audioParts: 2 }, { input: 110, audioInput: 100 }],
  ['audio out is half of what is said', { wantsAudio: true }, { audioOutput: 10 }],
])('%s', (_name, change, expected) => {
  expect(planTokens({ ...ask, ...change })).toMatchObject(expected);
});
