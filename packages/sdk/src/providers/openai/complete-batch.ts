import type { Reading, Seen } from '../provider.ts';
import { findLastText } from '../read-members.ts';
import { sumUsages } from '../sum-usages.ts';
import { openAiReader } from './open-ai-reader.ts';

const OF_A_BATCH = { isBackground: true, serviceTier: 'batch' } as const;

/** A batch tells its model and usage itself since September 2025; before that, and at other hosts, its results do. */
export function completeBatch(reading: Reading, { tail }: Seen): Reading {
  const resultsId = findLastText(tail, 'output_file_id');
  // A usage of nothing beside results is one that nobody has added up.
  const isTold = resultsId === undefined || Object.values(reading.usage ?? {}).some((quantity) => quantity !== undefined && quantity > 0);
  return { ...reading, ...OF_A_BATCH, resultsId, usage: isTold ? reading.usage : undefined };
}

/** Adds up a file's lines, each an answer; it counts as the end of the batch that named it. */
export function completeBatchResults(_reading: Reading, seen: Seen): Reading {
  return { ...sumUsages(seen, openAiReader), serviceTier: 'batch' };
}
