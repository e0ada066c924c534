import { isJsonRecord, type JsonRecord } from '@llmobserve/protocol';

/** How many events found which end; what is said of a refused one may be what only a newer collector knows. */
export type ReadAnswer = { readonly arrived: number; readonly refusals: readonly JsonRecord[] };

/**
 * Reads the contract's answer to a batch.
 *
 * @returns `undefined` for anything else, such as the page of a proxy or an answer that does not add up to what was sent.
 */
export function readBatchAnswer(body: unknown, sentCount: number): ReadAnswer | undefined {
  if (!isJsonRecord(body)) return undefined;
  const { accepted, duplicates, rejected } = body;
  if (!isCount(accepted) || !isCount(duplicates) || !Array.isArray(rejected)) return undefined;
  const refusals = rejected.filter(isJsonRecord);
  const arrived = accepted + duplicates;
  const isWhole = refusals.length === rejected.length && arrived + refusals.length === sentCount;
  return isWhole ? { arrived, refusals } : undefined;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
