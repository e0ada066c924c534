import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { createBrotliCompress, createDeflate, createGzip, constants, type BrotliCompress, type Deflate, type Gzip } from 'node:zlib';
import type { Answer, Piece } from './answer.ts';
import type { Quirk } from './quirk.ts';

/** Writes the answer as the quirk asks; false when the connection was cut on purpose. */
export async function sendAnswer(response: ServerResponse, answer: Answer, quirk: Quirk): Promise<boolean> {
  if (quirk.delayMs !== undefined) await pause(quirk.delayMs);
  const pieces = cut(await encode(bend(answer, quirk), quirk.compress), quirk.pieceBytes);
  response.writeHead(answer.status, headersOf(answer, quirk, pieces));
  response.flushHeaders();
  const written = await writePieces(response, pieces, quirk);
  if (written === 'reset') response.socket?.resetAndDestroy();
  return written !== 'reset';
}

/** The pieces as text, with what goes wrong inside them. */
function bend(answer: Answer, { isMalformed, errorAfterPieces }: Quirk): readonly Piece[] {
  const { pieces, errorPiece } = answer;
  if (errorAfterPieces !== undefined && errorPiece !== undefined) return [...pieces.slice(0, errorAfterPieces), errorPiece];
  if (!isMalformed) return pieces;
  if (errorPiece === undefined) return pieces.map((piece) => piece.slice(0, piece.length / 2));
  return [...pieces.slice(0, 2), 'data: {"id": "cut off\n\n', ...pieces.slice(2)];
}

type Encoder = Gzip | BrotliCompress | Deflate;

/** Every piece is flushed by itself, as a provider's proxy does, so that a stream stays a stream. */
async function encode(pieces: readonly Piece[], compress: Quirk['compress']): Promise<readonly Buffer[]> {
  if (!compress)
    return pieces.map((piece) =>
      typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength),
    );
  const encoder: Encoder = compress === 'gzip' ? createGzip() : compress === 'br' ? createBrotliCompress() : createDeflate();
  const flushKind = compress === 'br' ? constants.BROTLI_OPERATION_FLUSH : constants.Z_SYNC_FLUSH;
  const encoded: Buffer[] = [];
  let chunks: Buffer[] = [];
  encoder.on('data', (chunk: Buffer) => void chunks.push(chunk));
  for (const piece of pieces) {
    encoder.write(piece);
    await new Promise<void>((resolve) => encoder.flush(flushKind, resolve));
    encoded.push(Buffer.concat(chunks));
    chunks = [];
  }
  await new Promise<void>((resolve) => encoder.once('end', resolve).end());
  return [...encoded, Buffer.concat(chunks)];
}

function cut(pieces: readonly Buffer[], pieceBytes: number | undefined): readonly Buffer[] {
  const whole = pieces.filter((piece) => piece.length > 0);
  if (pieceBytes === undefined) return whole;
  const bytes = Buffer.concat(whole);
  return Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index) =>
    bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  );
}

function headersOf(answer: Answer, quirk: Quirk, pieces: readonly Buffer[]): Record<string, string> {
  const headers: Record<string, string> = { ...answer.headers };
  if (quirk.compress) headers['content-encoding'] = quirk.compress;
  if (quirk.retryAfterMs !== undefined) {
    headers['retry-after-ms'] = String(quirk.retryAfterMs);
    headers['retry-after'] = String(Math.ceil(quirk.retryAfterMs / 1000));
  }
  if (answer.errorPiece === undefined) headers['content-length'] = String(pieces.reduce((sum, piece) => sum + piece.length, 0));
  return headers;
}

type Written = 'all' | 'reset' | 'gone' | 'hanging';

async function writePieces(response: ServerResponse, pieces: readonly Buffer[], quirk: Quirk): Promise<Written> {
  for (const [index, piece] of pieces.entries()) {
    if (index === quirk.resetAfterPieces) return 'reset';
    if (index === quirk.hangAfterPieces) return 'hanging';
    if (response.destroyed) return 'gone';
    if (index > 0 && quirk.pauseMs !== undefined) await pause(quirk.pauseMs);
    // The last piece and the end leave together: a client that stops reading at [DONE] would otherwise drop the connection now and then.
    if (index === pieces.length - 1) response.end(piece);
    // Each write waits for the one before, so that pieces leave the process one by one.
    else await new Promise<void>((resolve) => response.write(piece, () => resolve()));
  }
  if (pieces.length === 0) response.end();
  return 'all';
}

/** Once the fake is closed, an answer that still waits must not keep the process. */
function pause(durationMs: number): Promise<void> {
  return wait(durationMs, undefined, { ref: false });
}
