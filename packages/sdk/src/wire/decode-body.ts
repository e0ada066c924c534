import type zlib from 'node:zlib';
import { loadBuiltin } from '../load-builtin.ts';

/** A body that grows beyond this is a bomb or a download; its numbers are not worth the memory. */
const maxOutputLength = 32 * 1024 * 1024;
/** zlib's `Z_SYNC_FLUSH`, brotli's `BROTLI_OPERATION_FLUSH`, zstd's `ZSTD_e_flush`: what there is of a body that broke off is given out. */
const flate = { maxOutputLength, finishFlush: 2 };
const flush = { maxOutputLength, finishFlush: 1 };

type WithZstd = { readonly zstdDecompressSync?: (bytes: Buffer, options: object) => Buffer };
type Decode = (bytes: Buffer, library: typeof zlib) => Buffer | undefined;

const DECODERS: Readonly<Record<string, Decode>> = {
  gzip: (bytes, { unzipSync }) => unzipSync(bytes, flate),
  // Some servers send raw deflate under that name; the low nibble of zlib's first byte is always 8.
  deflate: (bytes, { inflateSync, inflateRawSync }) => (((bytes[0] ?? 0) & 0x0f) === 0x08 ? inflateSync : inflateRawSync)(bytes, flate),
  br: (bytes, { brotliDecompressSync }) => brotliDecompressSync(bytes, flush),
  // Node knows it since 22.15, and `got` asks for it there (2026-11); safe because what an older Node lacks may be absent here.
  zstd: (bytes, library) => (library as WithZstd).zstdDecompressSync?.(bytes, flush),
};

/**
 * Undoes `content-encoding`; a body that broke off gives what can be read of it.
 * Undefined when the encoding is unknown or the bytes are not of it.
 */
export function decodeBody(body: Buffer, contentEncoding: string | undefined): Buffer | undefined {
  let bytes: Buffer | undefined = body;
  try {
    for (const coding of listCodings(contentEncoding).toReversed()) {
      if (bytes && bytes.length > 0) bytes = DECODERS[coding]?.(bytes, loadBuiltin('node:zlib'));
    }
    return bytes;
  } catch {
    return undefined;
  }
}

/** True when the bytes on the wire are not the bytes of the text. */
export function isEncoded(contentEncoding: string | undefined): boolean {
  return listCodings(contentEncoding).length > 0;
}

function listCodings(contentEncoding: string | undefined): readonly string[] {
  if (!contentEncoding) return [];
  const codings = contentEncoding.split(',').map((coding) => coding.trim().toLowerCase().replace('x-gzip', 'gzip'));
  return codings.filter((coding) => coding !== '' && coding !== 'identity');
}
