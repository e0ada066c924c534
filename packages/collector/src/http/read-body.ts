import { MAX_BATCH_BYTES } from '@llmobserve/protocol';
import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';

import { ProblemError } from '../services/index.ts';
import { BATCH_LIMITS } from './batch-limits.ts';

export type BodyBounds = {
  readonly maxBytes?: number;
  /** Hears of bytes as they are kept; what it throws ends the reading. */
  readonly take?: (bytes: number) => void;
};

/**
 * Reads a body, gzip or not, and stops at the limit: neither the wire nor what is inside may be longer.
 *
 * @throws {ProblemError} `unsupported_media_type`, `body_too_large`, `invalid_body`; or what `take` throws.
 */
export async function readBody(incoming: IncomingMessage, { maxBytes = MAX_BATCH_BYTES, take }: BodyBounds = {}): Promise<Buffer> {
  const encoding = incoming.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw new ProblemError('unsupported_media_type', 'Content-Encoding has to be gzip, or absent.');
  }
  if (Number(incoming.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  // Whoever left while the request waited will say no more.
  if (incoming.destroyed) throw cutOff();
  const body = new BoundedBytes(maxBytes, take);
  return encoding === 'gzip' ? readGzip(incoming, body, new BoundedBytes(maxBytes)) : readPlain(incoming, body);
}

function readPlain(incoming: IncomingMessage, body: BoundedBytes): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const stop = (): void => {
    incoming.pause();
    incoming.off('data', take).off('end', finish).off('close', abort).off('error', abort);
  };
  const take = (chunk: Buffer): void => {
    const problem = body.take(chunk);
    if (problem === undefined) return;
    stop();
    reject(problem);
  };
  const finish = (): void => {
    stop();
    resolve(body.join());
  };
  const abort = (): void => {
    stop();
    reject(cutOff());
  };
  incoming.on('data', take).on('end', finish).on('close', abort).on('error', abort);
  return promise;
}

function readGzip(incoming: IncomingMessage, body: BoundedBytes, wire: BoundedBytes): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const gunzip = createGunzip();
  const stop = (): void => {
    incoming.off('data', countWire).off('close', abort).off('error', abort).unpipe(gunzip).pause();
    gunzip.destroy();
  };
  const refuse = (problem: Error): void => {
    stop();
    reject(problem);
  };
  const countWire = (chunk: Buffer): void => {
    const problem = wire.count(chunk);
    if (problem) refuse(problem);
  };
  // A request that came in whole is closed too, perhaps before the last piece is inflated.
  const abort = (): void => {
    if (!incoming.complete) refuse(cutOff());
  };
  gunzip
    // Bytes come out in small pieces, so a bomb is stopped after one piece too many.
    .on('data', (chunk: Buffer) => {
      const problem = body.take(chunk);
      if (problem) refuse(problem);
    })
    .on('end', () => {
      stop();
      resolve(body.join());
    })
    .on('error', () => refuse(new ProblemError('invalid_body', 'The body is not valid gzip.')));
  incoming.on('data', countWire).on('close', abort).on('error', abort).pipe(gunzip);
  return promise;
}

class BoundedBytes {
  readonly #maxBytes: number;
  readonly #noteTaken: (bytes: number) => void;
  readonly #chunks: Buffer[] = [];
  #sizeBytes = 0;

  constructor(maxBytes: number, noteTaken: (bytes: number) => void = () => {}) {
    this.#maxBytes = maxBytes;
    this.#noteTaken = noteTaken;
  }

  /** Counts a piece without keeping it; gives the reason when it is one too many. */
  count(chunk: Buffer): Error | undefined {
    this.#sizeBytes += chunk.length;
    return this.#sizeBytes <= this.#maxBytes ? undefined : tooLarge(this.#maxBytes);
  }

  take(chunk: Buffer): Error | undefined {
    try {
      this.#noteTaken(chunk.length);
    } catch (error) {
      return error instanceof Error ? error : new Error('there is no room', { cause: error });
    }
    this.#chunks.push(chunk);
    return this.count(chunk);
  }

  join(): Buffer {
    return Buffer.concat(this.#chunks, this.#sizeBytes);
  }
}

function tooLarge(maxBytes: number): ProblemError {
  const detail = `The body has more than ${maxBytes} bytes, or would have after decompression. Send smaller batches.`;
  return new ProblemError('body_too_large', detail, { extra: { limits: { ...BATCH_LIMITS, maxBytes } } });
}

function cutOff(): ProblemError {
  return new ProblemError('invalid_body', 'The body ended before its end.');
}
