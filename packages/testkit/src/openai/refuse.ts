import { jsonAnswer, writeEvent, type Answer } from '../providers/index.ts';

const REASONS: Readonly<Record<number, readonly [type: string, code: string | null, message: string]>> = {
  400: ['invalid_request_error', null, 'The request is not valid.'],
  401: ['invalid_request_error', 'invalid_api_key', 'Incorrect API key provided: sk-fake.'],
  404: ['invalid_request_error', 'model_not_found', 'The model or resource does not exist.'],
  429: ['tokens', 'rate_limit_exceeded', 'Rate limit reached for requests.'],
  500: ['server_error', null, 'The server had an error while processing your request.'],
  503: ['server_error', 'overloaded', 'That model is currently overloaded.'],
};

/** Answers with an error in OpenAI's form. */
export function refuse(status: number): Answer {
  const [type, code, message] = REASONS[status] ?? ['server_error', null, `Error ${status}.`];
  return jsonAnswer(status, { error: { message, type, param: null, code } });
}

/** The error of a chat stream that has already begun with a 200. */
export function inStreamError(): string {
  const error = { message: 'The server had an error processing your request.', type: 'server_error', param: null, code: null };
  return writeEvent({ error });
}
