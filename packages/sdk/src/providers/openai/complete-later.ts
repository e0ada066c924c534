import type { Reading, Seen } from '../provider.ts';

/** The first of a text, which is the request's own; the answer in it has another. */
const ID = /"id":\s*"([^"]+)"/;

/** Knows Perplexity's later answers by the request they were asked for with, whoever asks. */
export function completeLater(reading: Reading, { head }: Seen): Reading {
  return { ...reading, responseId: ID.exec(head)?.[1] ?? reading.responseId, isBackground: true };
}
