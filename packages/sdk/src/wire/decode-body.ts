import zlib from 'node:zlib';

/** A body that grows beyond this is a bomb or a download; its numbers are not worth the memory. */
const MAX_DECODED_BYTES = 32 * 1024 * 1024;

/**
 * Undoes `content-encoding`; a body that broke off gives what can be read of it.
 * Undefined when the encoding is unknown or the bytes are not of it.
 */
export function decodeBody(body: Buffer, contentEncoding: string | undefined): Buffer | undefined {
  const codings = listCodings(contentEncoding);
  if (codings.length === 0 || body.length === 0) return body;
  try {
    return codings.reduceRight<Buffer | undefined>((bytes, coding) => bytes && decodeOne(bytes, coding), body);
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
  const codings = contentEncoding.split(',').map((coding) => coding.trim().toLowerCase());
  return codings.filter((coding) => coding !== '' && coding !== 'identity');
}

function decodeOne(bytes: Buffer, coding: string): Buffer | undefined {
  const bound = { maxOutputLength: MAX_DECODED_BYTES };
  const partial = { ...bound, finishFlush: zlib.constants.Z_SYNC_FLUSH };
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return zlib.gunzipSync(bytes, partial);
    case 'deflate':
      return isZlibWrapped(bytes) ? zlib.inflateSync(bytes, partial) : zlib.inflateRawSync(bytes, partial);
    case 'br':
      return zlib.brotliDecompressSync(bytes, { ...bound, finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH });
    default:
      return undefined;
  }
}

/** Some servers send raw deflate under that name; the low nibble of zlib's first byte is always 8. */
function isZlibWrapped(bytes: Buffer): boolean {
  return ((bytes[0] ?? 0) & 0x0f) === 0x08;
}
