import { jsonAnswer, type Answer } from '../providers/index.ts';

const STATUSES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
};

/** Answers with an error in Google's form. */
export function refuse(status: number): Answer {
  return jsonAnswer(status, errorOf(status));
}

export function errorOf(code: number): object {
  return { error: { code, message: 'The fake Google is not able to do this.', status: STATUSES[code] ?? 'UNKNOWN' } };
}
