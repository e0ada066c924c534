import { hashBytes } from './hash-bytes.ts';

/** Ids seen lately: at least half of `max`, at most `max`. */
export type SeenIds = { add(id: string): void; has(id: string): boolean };

/** Remembers ids by their print: an id cut out of an answer would keep the whole answer. */
export function rememberIds(max: number): SeenIds {
  let young = new Set<number>();
  let old = new Set<number>();
  return {
    add(id) {
      // Two generations, since taking the oldest out of a set walks over all that were taken before.
      if (young.size >= max / 2) [old, young] = [young, new Set()];
      young.add(printOf(id));
    },
    has(id) {
      const print = printOf(id);
      return young.has(print) || old.has(print);
    },
  };
}

function printOf(id: string): number {
  return hashBytes(Buffer.from(id));
}
