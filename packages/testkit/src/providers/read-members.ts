import { isJsonRecord, type JsonRecord } from '@llmobserve/protocol';

/** The value's members; none when it is no object. */
export function recordOf(value: unknown): JsonRecord {
  return isJsonRecord(value) ? value : {};
}

/** The value's entries; none when it is no list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
