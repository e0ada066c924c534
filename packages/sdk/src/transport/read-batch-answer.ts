import { EVENT_PROBLEM_CODES, isJsonRecord, type BatchAnswer, type EventProblemCode, type Rejection } from '@llmobserve/protocol';

/**
 * Reads the contract's answer to a batch.
 *
 * @returns `undefined` for anything else, such as the page of a proxy or an answer that does not add up to what was sent.
 */
export function readBatchAnswer(body: unknown, sentCount: number): BatchAnswer | undefined {
  if (!isJsonRecord(body)) return undefined;
  const { accepted, duplicates, rejected } = body;
  if (!isCount(accepted) || !isCount(duplicates) || !Array.isArray(rejected)) return undefined;
  const rejections = rejected.map(readRejection).filter((rejection) => rejection !== undefined);
  const indexes = new Set(rejections.map((rejection) => rejection.index).filter((index) => index < sentCount));
  if (indexes.size !== rejected.length || accepted + duplicates + rejected.length !== sentCount) return undefined;
  return { accepted, duplicates, rejected: rejections };
}

function readRejection(value: unknown): Rejection | undefined {
  if (!isJsonRecord(value) || !isCount(value['index'])) return undefined;
  const { index, detail, code } = value;
  return { index, code: readCode(code), detail: typeof detail === 'string' ? detail : '' };
}

/** A newer collector may know reasons that we do not; the event is refused all the same. */
function readCode(code: unknown): EventProblemCode {
  return EVENT_PROBLEM_CODES.find((known) => known === code) ?? 'invalid_type';
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
