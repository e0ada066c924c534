import type { Usage } from '@llmobserve/protocol';
import type { Reading, RequestView, Seen } from '../provider.ts';

/** The end of the last line of SRT or WebVTT, whose hours may be left out. */
const CUE_END = /--> (?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})/g;
/** 150 words a minute; a Chinese sign has as many bytes as half a word. */
const BYTES_PER_SPOKEN_SECOND = 15;
/** OpenAI counts a token each tenth of a second. */
const TOKENS_PER_SECOND = 10;

/** Leaves out how long was listened where tokens are billed. */
export function completeTranscript(reading: Reading): Reading {
  const { seconds: _seconds, ...tokens } = reading.usage ?? {};
  return tokens.input === undefined ? reading : { ...reading, usage: tokens };
}

/** Works out how long was listened, from subtitles' times or else from how much was said. */
export function estimateTranscript(request: RequestView, seen: Seen | undefined): Usage | undefined {
  if (!seen || seen.tail === '') return undefined;
  const seconds = lastCueEnd(seen.tail) ?? Math.max(1, Math.round(Buffer.byteLength(seen.head) / BYTES_PER_SPOKEN_SECOND));
  const billsTokens = String(request.member('model')).startsWith('gpt-4o');
  return billsTokens ? { audioInput: Math.ceil(seconds * TOKENS_PER_SECOND) } : { seconds };
}

function lastCueEnd(text: string): number | undefined {
  let end: number | undefined;
  for (const [, hours = '0', minutes, seconds, milliseconds] of text.matchAll(CUE_END)) {
    end = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(milliseconds) / 1000;
  }
  return end;
}
