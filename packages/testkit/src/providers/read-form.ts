import type { ReadRequest } from './read-request.ts';

/** Reads the fields of a multipart form; a file's field is its size in bytes. */
export function readForm({ headers, body }: ReadRequest): Readonly<Record<string, string | number>> {
  const boundary = /boundary="?([^";]+)"?/.exec(headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) return {};
  // Latin-1 keeps one character a byte, whatever the files hold.
  const parts = body.toString('latin1').split(`--${boundary}`).slice(1, -1);
  return Object.fromEntries(parts.map(readPart));
}

function readPart(part: string): readonly [string, string | number] {
  const headEnd = part.indexOf('\r\n\r\n');
  const head = part.slice(0, headEnd);
  const value = part.slice(headEnd + 4, -2);
  const name = /name="([^"]*)"/.exec(head)?.[1] ?? '';
  return [name, head.includes('filename=') ? value.length : Buffer.from(value, 'latin1').toString('utf8')];
}
