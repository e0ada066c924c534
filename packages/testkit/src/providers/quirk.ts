/** What goes wrong, or just otherwise than usual, with one answer of a fake provider. */
export type Quirk = {
  /** Answers with this error instead: 401, 429, 500 … */
  readonly status?: number;
  /** Sent with the error as `retry-after-ms` and, in whole seconds, as `retry-after`. */
  readonly retryAfterMs?: number;
  readonly compress?: 'gzip' | 'br' | 'deflate';
  /** Cuts the bytes of the body into pieces of this size, wherever lines or characters end. */
  readonly pieceBytes?: number;
  /** Waits this long before the first byte. */
  readonly delayMs?: number;
  /** Waits this long between two pieces of the body. */
  readonly pauseMs?: number;
  /** Stops for good after this many pieces and keeps the connection open; for callers that walk away. */
  readonly hangAfterPieces?: number;
  /** Resets the connection after this many pieces of the body (0: after the head). */
  readonly resetAfterPieces?: number;
  /** Sends the provider's error inside the stream after this many pieces, as it does once a 200 is out. */
  readonly errorAfterPieces?: number;
  /** Sends a body that is not what its content type says. */
  readonly isMalformed?: boolean;
};
