import { MAX_BATCH_BYTES } from '@llmobserve/protocol';
import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';

import { ProblemError } from '../services/index.ts';
import { BATCH_LIMITS } from './batch-limits.ts';

/**
 * Reads a body, gzip or not, and stops at the limit: neither the wire nor what is inside may be longer.
 *
 * @throws {ProblemError} `unsupported_media_type`, `body_too_large`, `invalid_body`.
 */
export async function readBody(incoming: IncomingMessage, maxBytes: number = MAX_BATCH_BYTES): Promise<Buffer> {
  const encoding = incoming.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw new ProblemError('unsupported_media_type', 'Content-Encoding has to be gzip, or absent.');
  }
  if (Number(incoming.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  return encoding === 'gzip' ? readGzip(incoming, maxBytes) : readPlain(incoming, maxBytes);
}

function readPlain(incoming: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const body = new BoundedBytes(maxBytes);
  const stop = (): void => {
    incoming.pause();
    incoming.off('data', take).off('end', finish).off('close', abort).off('error', abort);
  };
  const take = (chunk: Buffer): void => {
    if (body.take(chunk)) return;
    stop();
    reject(tooLarge(maxBytes));
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

function readGzip(incoming: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const wire = new BoundedBytes(maxBytes);
  const body = new BoundedBytes(maxBytes);
  const gunzip = createGunzip();
  const stop = (): void => {
    incoming.off('data', countWire).off('close', abort).off('error', abort).unpipe(gunzip).pause();
    gunzip.destroy();
  };
  const refuse = (problem: ProblemError): void => {
    stop();
    reject(problem);
  };
  const countWire = (chunk: Buffer): void => {
    if (!wire.count(chunk)) refuse(tooLarge(maxBytes));
  };
  // A request that came in whole is closed too, perhaps before the last piece is inflated.
  const abort = (): void => {
    if (!incoming.complete) refuse(cutOff());
  };
  gunzip
    // Bytes come out in small pieces, so a bomb is stopped after one piece too many.
    .on('data', (chunk: Buffer) => {
      if (!body.take(chunk)) refuse(tooLarge(maxBytes));
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
  readonly #chunks: Buffer[] = [];
  #sizeBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Counts a piece without keeping it; false when the bound is passed. */
  count(chunk: Buffer): boolean {
    this.#sizeBytes += chunk.length;
    return this.#sizeBytes <= this.#maxBytes;
  }

  take(chunk: Buffer): boolean {
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
