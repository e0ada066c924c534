import { isJsonRecord } from '@llmobserve/protocol';
import { textIn } from '../read-value.ts';

/** Reads the code of an `error` member: the code, else the type, else that there was one. */
export function readErrorCode(error: unknown): string | undefined {
  if (typeof error === 'string' && error !== '') return 'error';
  if (!isJsonRecord(error)) return undefined;
  return textIn(error, 'code') ?? textIn(error, 'type') ?? 'error';
}
