import type { IncomingHttpHeaders } from 'node:http';

/** One request as it arrived at a fake provider's socket. */
export type RecordedRequest = {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they were written. */
  readonly rawHeaders: readonly string[];
  /** Every byte from the request line to the end of the body, chunk sizes and all. */
  readonly rawBytes: Buffer;
  readonly body: Buffer;
  /** Counts connections from 0; requests with the same number came over the same one. */
  readonly connection: number;
  /** True once the caller has gone before it had the whole answer. */
  readonly isAborted: boolean;
  /** True once the whole answer was handed to the operating system. */
  readonly isAnswered: boolean;
};
