import type { SseText } from './read-sse.ts';

/** Reads the lines that lie whole in a text of one JSON value a line, in order. */
export function readLines({ text, startsWhole, isEnd }: SseText): readonly string[] {
  return text
    .split('\n')
    .slice(startsWhole ? 0 : 1, isEnd ? undefined : -1)
    .filter((line) => line !== '');
}
