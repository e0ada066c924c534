import type { SseText } from './read-sse.ts';

/** An object on one line, or over several of which the last closes it; in a list it follows a bracket or a comma. */
const OBJECT = /^[[,]?(\{(?:.*\}|[^]*?^\}))[\],]?\s*$/gm;

/** Reads the JSON objects that lie whole in a text of one a line, or of a list written over many lines, in order. */
export function readLines({ text }: Pick<SseText, 'text'>): readonly string[] {
  return Array.from(text.matchAll(OBJECT), ([, object = '']) => object);
}
