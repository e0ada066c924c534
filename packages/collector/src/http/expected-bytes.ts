import { MAX_BATCH_BYTES } from '@llmobserve/protocol';
import type { IncomingMessage } from 'node:http';

/** Batches are mostly names that repeat: they shrink to a tenth, and the rest of an unusual one is counted as it comes. */
const INFLATES_TO = 8;
/** A body whose length is not told is counted as it comes. */
const UNTOLD_BYTES = 64_000;

/** Guesses how many bytes a body has once it is read. */
export function expectedBytes({ headers }: Pick<IncomingMessage, 'headers'>): number {
  const length = Number(headers['content-length'] ?? UNTOLD_BYTES);
  const bytes = headers['content-encoding'] === undefined ? length : length * INFLATES_TO;
  return Math.min(Math.max(0, bytes), MAX_BATCH_BYTES);
}
