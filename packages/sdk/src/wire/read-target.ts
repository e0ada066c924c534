import type { WireRequest } from './exchange.ts';
import { hostOfUrl } from './host-of-url.ts';

/** Reads where a request goes: its path without the query, and its host, which a plain-HTTP proxy is told in the path itself. */
export function readTarget(path: string, origin: string): Pick<WireRequest, 'host' | 'path'> {
  const isWholeUrl = path.startsWith('http://') || path.startsWith('https://');
  const start = isWholeUrl ? Math.max(path.indexOf('/', path.indexOf('://') + 3), 0) : 0;
  const query = path.indexOf('?');
  return { host: hostOfUrl(isWholeUrl ? path : origin), path: path.slice(start, query === -1 ? undefined : query) };
}
