import type { JsonRecord } from '@llmobserve/protocol';
import { jsonAnswer, writeTypedEvent, type Answer } from '../providers/index.ts';

const TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  529: 'overloaded_error',
};

/** Answers with an error in Anthropic's form. */
export function refuse(status: number): Answer {
  return jsonAnswer(status, errorOf(TYPES[status] ?? 'api_error'));
}

/** The error of a stream that has already begun with a 200. */
export function inStreamError(): string {
  return writeTypedEvent(errorOf('overloaded_error'));
}

function errorOf(type: string): JsonRecord {
  return { type: 'error', error: { type, message: `The fake Anthropic says ${type}.` }, request_id: 'req_fake' };
}
