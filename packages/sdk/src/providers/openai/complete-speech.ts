import type { Usage } from '@llmobserve/protocol';
import type { Reading, RequestView, Seen } from '../provider.ts';
import { billsTokens } from './bills-tokens.ts';
import { outputAs } from './output-as.ts';

/** At $12 per million audio tokens a minute costs about 1.5 cents (OpenAI, 2025-03), and holds some 900 characters. */
const AUDIO_TOKENS_PER_CHARACTER = 1.4;

/** Adds the characters that were spoken, which older models bill; what newer ones tell as output is sound. */
export function completeSpeech(reading: Reading, { request }: Seen): Reading {
  if (reading.usage) return { ...reading, usage: outputAs('audioOutput', reading.usage) };
  const characters = billsTokens(request) ? undefined : countCharacters(request);
  return characters === undefined ? reading : { ...reading, usage: { characters } };
}

/** Works out what a voice comes to that was left, or that came as bytes alone; the tokens of the words are the prompt's. */
export function estimateSpeech(request: RequestView): Usage | undefined {
  const characters = countCharacters(request);
  if (characters === undefined) return undefined;
  return billsTokens(request) ? { audioOutput: Math.ceil(characters * AUDIO_TOKENS_PER_CHARACTER) } : { input: 0, characters };
}

/** As many as a reader would count, not as JavaScript does. */
function countCharacters(request: RequestView): number | undefined {
  const input = request.member('input');
  return typeof input === 'string' ? Array.from(input).length : undefined;
}
