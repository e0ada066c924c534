import { jsonAnswer, type Answer } from '../providers/index.ts';

const CODES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'UNKNOWN',
  503: 'UNAVAILABLE',
};

/** Answers with an error in Pinecone's form. */
export function refuse(status: number): Answer {
  const code = CODES[status] ?? 'UNKNOWN';
  return jsonAnswer(status, { status, error: { code, message: `The fake Pinecone answers ${status}.` } });
}
