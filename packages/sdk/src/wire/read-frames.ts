const COLON = 58;
const SPACE = 32;
const EXCEPTION = ':exception-type';
const PACKED = '{"bytes":"';
/** Lengths and their checksum, before the headers. */
const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;

/** True for AWS's binary event stream. */
export function isFramed(contentType: string | undefined): boolean {
  return contentType?.startsWith('application/vnd.amazon.eventstream') ?? false;
}

/**
 * Reads AWS's binary event stream as JSON lines, wherever in it the bytes begin. Bedrock packs what a model itself streamed as
 * base64 into a member `bytes`; an exception is told in a frame's headers.
 */
export function readFrames(bytes: Buffer): string {
  const lines: string[] = [];
  let at = 0;
  while (at + PRELUDE_BYTES + 1 < bytes.length) {
    const totalBytes = bytes.readUInt32BE(at);
    const start = at + PRELUDE_BYTES + bytes.readUInt32BE(at + 4);
    const end = at + totalBytes - CHECKSUM_BYTES;
    // The length of a header's name and its colon stand nowhere else behind so small a number: so the next frame is found from the middle of one.
    if (bytes[at] !== 0 || (bytes[at + PRELUDE_BYTES] ?? SPACE) >= SPACE || bytes[at + PRELUDE_BYTES + 1] !== COLON || end < start) {
      at += 1;
      continue;
    }
    const head = bytes.subarray(at, start);
    lines.push(head.includes(EXCEPTION) ? readException(head) : unpack(bytes.toString('utf8', start, end)));
    at += totalBytes;
  }
  return lines.join('\n');
}

function readException(head: Buffer): string {
  // A header's value comes after its type and its length.
  const code = /^[^]{3}(\w+)/.exec(head.toString('latin1', head.indexOf(EXCEPTION) + EXCEPTION.length))?.[1];
  return JSON.stringify({ error: { code } });
}

function unpack(payload: string): string {
  if (!payload.startsWith(PACKED)) return payload;
  const end = payload.indexOf('"', PACKED.length);
  return Buffer.from(payload.slice(PACKED.length, end < 0 ? undefined : end), 'base64').toString('utf8');
}
