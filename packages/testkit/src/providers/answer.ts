import type { ReadRequest } from './read-request.ts';

/** Part of a body: text, or bytes where the answer is no text. */
export type Piece = string | Uint8Array;

type Headers = Readonly<Record<string, string>>;

/** What a fake provider answers: JSON is one piece, a stream has one per event. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly pieces: readonly Piece[];
  /** The piece that tells of an error once the stream has begun. */
  readonly errorPiece?: Piece;
};

/** A provider's meaning, without its wire. */
export type Provider = {
  answer(request: ReadRequest): Answer;
  /** An error in the provider's own form. */
  refuse(status: number): Answer;
};

/** Answers with one JSON value. */
export function jsonAnswer(status: number, value: unknown, headers: Headers = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, pieces: [JSON.stringify(value)] };
}

/** Answers with server-sent events. */
export function streamAnswer(pieces: readonly string[], errorPiece: string): Answer {
  return { status: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8' }, pieces, errorPiece };
}

/** Answers with a stream of JSON values, one a line. */
export function linesAnswer(contentType: string, values: readonly object[], error: object): Answer {
  return { status: 200, headers: { 'content-type': contentType }, pieces: values.map(writeLine), errorPiece: writeLine(error) };
}

function writeLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

/** The answer with more in its head. */
export function withHeaders(answer: Answer, headers: Headers): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
