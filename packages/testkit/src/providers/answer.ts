import type { ReadRequest } from './read-request.ts';

/** Part of a body: text, or bytes where the answer is no text. */
export type Piece = string | Uint8Array;

/** What a fake provider answers: JSON is one piece, a stream has one per event. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly pieces: readonly Piece[];
  /** The piece that tells of an error once the stream has begun. */
  readonly errorPiece?: Piece;
};

/** A provider's meaning, without its wire. */
export type Provider = {
  answer(request: ReadRequest): Answer;
  refuse(status: number): Answer;
};

/** Answers with one JSON value. */
export function jsonAnswer(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, pieces: [JSON.stringify(value)] };
}

/** Answers with server-sent events. */
export function streamAnswer(pieces: readonly string[], errorPiece: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8', ...headers }, pieces, errorPiece };
}
