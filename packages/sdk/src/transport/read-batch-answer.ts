import { isJsonRecord } from '@llmobserve/protocol';

/** One event that the collector will not have; its reason may be one that only a newer collector knows. */
export type Refusal = { readonly index: number; readonly code: string; readonly detail: string };

export type ReadAnswer = { readonly accepted: number; readonly duplicates: number; readonly rejected: readonly Refusal[] };

/**
 * Reads the contract's answer to a batch.
 *
 * @returns `undefined` for anything else, such as the page of a proxy or an answer that does not add up to what was sent.
 */
export function readBatchAnswer(body: unknown, sentCount: number): ReadAnswer | undefined {
  if (!isJsonRecord(body)) return undefined;
  const { accepted, duplicates, rejected } = body;
  if (!isCount(accepted) || !isCount(duplicates) || !Array.isArray(rejected)) return undefined;
  const rejections = rejected.map(readRejection).filter((rejection) => rejection !== undefined);
  const indexes = new Set(rejections.map((rejection) => rejection.index).filter((index) => index < sentCount));
  if (indexes.size !== rejected.length || accepted + duplicates + rejected.length !== sentCount) return undefined;
  return { accepted, duplicates, rejected: rejections };
}

function readRejection(value: unknown): Refusal | undefined {
  if (!isJsonRecord(value) || !isCount(value['index'])) return undefined;
  return { index: value['index'], code: textOf(value['code']), detail: textOf(value['detail']) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
