import { jsonAnswer, type Answer } from '../providers/index.ts';

const TYPES: Readonly<Record<number, string>> = {
  400: 'ValidationException',
  403: 'AccessDeniedException',
  404: 'ResourceNotFoundException',
  408: 'ModelTimeoutException',
  429: 'ThrottlingException',
  500: 'InternalServerException',
  503: 'ServiceUnavailableException',
};

/** Answers with an error in AWS's form: its name stands in the head. */
export function refuse(status: number): Answer {
  const type = TYPES[status] ?? 'InternalServerException';
  return jsonAnswer(status, { message: `The fake Bedrock says ${type}.` }, { 'x-amzn-errortype': `${type}:http://internal.amazon.com/` });
}
