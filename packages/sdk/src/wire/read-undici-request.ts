import type { HeaderReader, WireRequest } from './exchange.ts';
import { readTarget } from './read-target.ts';

/** Ends of lines, and each line's first colon. */
const HEADER_BREAKS = /\r\n|(?<=^[^:\n]*): /m;

/** Reads the head of undici's inner request object; undefined when it does not look like one. */
export function readUndiciRequest(request: Readonly<Record<string, unknown>>): WireRequest | undefined {
  const { origin, path, method, headers } = request;
  if (typeof path !== 'string' || typeof method !== 'string') return undefined;
  if (typeof origin !== 'string' && !(origin instanceof URL)) return undefined;
  const target = readTarget(path, typeof origin === 'string' ? origin : origin.origin);
  return { method, host: target.host, path: target.path, header: readUndiciHeaders(headers) };
}

/** Reads headers in each of undici's shapes: a list of names and values (texts or bytes), one text, or an object. */
export function readUndiciHeaders(headers: unknown): HeaderReader {
  if (Array.isArray(headers)) return (name) => findInList(headers, name);
  if (typeof headers === 'string') return (name) => findInList(headers.split(HEADER_BREAKS), name);
  if (typeof headers === 'object' && headers !== null)
    return (name) => textOf(Object.entries(headers).find(([key]) => isNamed(key, name))?.[1]);
  return () => undefined;
}

function findInList(list: readonly unknown[], name: string): string | undefined {
  for (let i = 0; i + 1 < list.length; i += 2) {
    if (isNamed(list[i], name)) return textOf(list[i + 1]);
  }
  return undefined;
}

/** Asked for every header of every call, so the bytes are compared in place. */
function isNamed(key: unknown, name: string): boolean {
  if (typeof key === 'string') return key.length === name.length && (key === name || key.toLowerCase() === name);
  if (!(key instanceof Uint8Array) || key.length !== name.length) return false;
  for (let i = 0; i < name.length; i += 1) {
    const code = key[i] ?? 0;
    if (code !== name.charCodeAt(i) && (code | 0x20) !== name.charCodeAt(i)) return false;
  }
  return true;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (Buffer.isBuffer(value)) return value.toString('latin1');
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  if (Array.isArray(value)) return textOf(value[0]);
  return undefined;
}
