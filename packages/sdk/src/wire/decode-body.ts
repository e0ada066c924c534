import zlib from 'node:zlib';

/** A body that grows beyond this is a bomb or a download; its numbers are not worth the memory. */
const maxOutputLength = 32 * 1024 * 1024;
const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH } = zlib.constants;
const flate = { maxOutputLength, finishFlush: Z_SYNC_FLUSH };

const DECODERS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: (bytes) => zlib.unzipSync(bytes, flate),
  // Some servers send raw deflate under that name; the low nibble of zlib's first byte is always 8.
  deflate: (bytes) => (((bytes[0] ?? 0) & 0x0f) === 0x08 ? zlib.inflateSync(bytes, flate) : zlib.inflateRawSync(bytes, flate)),
  br: (bytes) => zlib.brotliDecompressSync(bytes, { maxOutputLength, finishFlush: BROTLI_OPERATION_FLUSH }),
};

/**
 * Undoes `content-encoding`; a body that broke off gives what can be read of it.
 * Undefined when the encoding is unknown or the bytes are not of it.
 */
export function decodeBody(body: Buffer, contentEncoding: string | undefined): Buffer | undefined {
  let bytes: Buffer | undefined = body;
  try {
    for (const coding of listCodings(contentEncoding).toReversed()) bytes = bytes && bytes.length > 0 ? DECODERS[coding]?.(bytes) : bytes;
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
