import type { Usage } from '@llmobserve/protocol';
import type { Reading, RequestView, Seen } from '../provider.ts';
import { billsTokens } from './bills-tokens.ts';

/** The end of each line of SRT or WebVTT. */
const CUE_END = /--> ([\d:]+)[.,](\d+)/g;
/** 150 words a minute; a Chinese sign has as many bytes as half a word. */
const BYTES_PER_SPOKEN_SECOND = 15;
/** OpenAI counts a token each tenth of a second. */
const TOKENS_PER_SECOND = 10;
const BYTES_PER_TOKEN = 4;
/** What was said, in an answer or in the events of a stream. */
const SPOKEN = /"(?:delta|text)":\s*"((?:[^"\\]|\\.)*)/g;

/** Leaves out how long was listened where tokens are billed. */
export function completeTranscript(reading: Reading): Reading {
  const { seconds: _seconds, ...tokens } = reading.usage ?? {};
  return tokens.input === undefined ? reading : { ...reading, usage: tokens };
}

/** Works out how long was listened, from subtitles' times or else from how much was said. */
export function estimateTranscript(request: RequestView, seen: Seen | undefined): Usage | undefined {
  if (!seen || seen.tail === '') return undefined;
  const { head, tail, isWhole, keptShare } = seen;
  const text = isWhole ? head : head + tail;
  const told = Array.from(text.matchAll(SPOKEN), ([, spoken = '']) => spoken).join('');
  const bytes = Buffer.byteLength(told || text) / keptShare;
  const seconds = lastCueEnd(tail) ?? Math.max(1, Math.round(bytes / BYTES_PER_SPOKEN_SECOND));
  return billsTokens(request)
    ? { audioInput: Math.ceil(seconds * TOKENS_PER_SECOND), output: Math.ceil(bytes / BYTES_PER_TOKEN) }
    : { seconds };
}

function lastCueEnd(text: string): number | undefined {
  const [, time, milliseconds] = Array.from(text.matchAll(CUE_END)).at(-1) ?? [];
  // Hours may be left out.
  const seconds = time?.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return seconds === undefined ? undefined : seconds + Number(milliseconds) / 1000;
}
