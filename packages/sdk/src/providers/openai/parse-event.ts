import { isJsonRecord, type JsonRecord } from '@llmobserve/protocol';
import { parseJson } from '../read-members.ts';

/** Parses one event's data; `[DONE]` and whatever is no object are empty. */
export function parseEvent(payload: string | undefined): JsonRecord {
  const value = payload?.startsWith('{') ? parseJson(payload) : undefined;
  return isJsonRecord(value) ? value : {};
}
